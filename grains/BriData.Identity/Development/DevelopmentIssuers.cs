using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace BriData.Identity.Development;

/// <summary>
/// The development issuers of all countries; each is made when first asked for. For development and tests only: whoever
/// can reach this can speak for any country that registered its development issuer. Safe for concurrent use.
/// </summary>
public sealed class DevelopmentIssuers
{
    private readonly ConcurrentDictionary<string, Lazy<DevelopmentIssuer>> _issuers = new(StringComparer.Ordinal);
    private readonly DevelopmentIssuerOptions _options;
    private readonly TimeProvider _time;
    private Uri _baseUrl;

    public DevelopmentIssuers(IOptions<DevelopmentIssuerOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _baseUrl = _options.BaseUrl;
        _time = time;
    }

    /// <summary>As <see cref="DevelopmentIssuerOptions.BaseUrl"/>; may be set once the port is known, before the first token is issued.</summary>
    public Uri BaseUrl
    {
        get => Volatile.Read(ref _baseUrl);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Volatile.Write(ref _baseUrl, value);
        }
    }

    /// <summary>The issuer of a country (two upper-case letters).</summary>
    /// <exception cref="ArgumentException">Not such a country code.</exception>
    /// <exception cref="InvalidDataException">The stored keys cannot be read, or others than the owner may read them.</exception>
    public DevelopmentIssuer this[string country]
    {
        get
        {
            if (country is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
            {
                throw new ArgumentException("A country is two upper-case letters (ISO 3166-1 alpha-2).", nameof(country));
            }

            var issuer = _issuers.GetOrAdd(
                country,
                static (key, self) => new Lazy<DevelopmentIssuer>(() => new DevelopmentIssuer(key, self._options.DataDirectory, self._options.Audience, self._time)),
                this);
            try
            {
                return issuer.Value;
            }
            catch
            {
                // A Lazy remembers its exception; the cause may be put right while the process runs.
                _issuers.TryRemove(new KeyValuePair<string, Lazy<DevelopmentIssuer>>(country, issuer));
                throw;
            }
        }
    }

    /// <summary>What the country registers so that tokens of its development issuer are accepted.</summary>
    public RegisteredIssuer Registration(string country) => this[country].Registration(BaseUrl);

    /// <summary>A signed token; see <see cref="DevelopmentIssuer.Issue"/>.</summary>
    public string Issue(string country, string? agency, CallerRoles roles, string subject, TimeSpan lifetime) =>
        this[country].Issue(BaseUrl, agency, roles, subject, lifetime);
}
