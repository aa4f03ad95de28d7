using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace BriData.Identity.Development;

/// <summary>
/// An issuer of tokens for one country in development: real ES256 keys, real discovery, kept across restarts in
/// <c>{dataDirectory}/keys/dev-issuers/{cc}.json</c>, readable by the owner only. Safe for concurrent use in one process;
/// another process that shares the directory sees a rotation when it starts next.
/// </summary>
public sealed class DevelopmentIssuer
{
    /// <summary>Longest life of an issued token, and so how long a replaced key stays published: 24 hours.</summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly DevelopmentKeyFile _file;
    private readonly string _audience;
    private readonly string _path;
    private readonly TimeProvider _time;
    private IReadOnlyList<DevelopmentKey> _keys;

    internal DevelopmentIssuer(string country, string dataDirectory, string audience, TimeProvider time)
    {
        Country = country;
        _audience = audience;
        _time = time;
        _path = PathOf(country);
        _file = new DevelopmentKeyFile(dataDirectory, _path, country);
        _keys = _file.LoadOrCreate(() => [DevelopmentKey.Generate(time.GetUtcNow())]);
    }

    /// <summary>Two upper-case letters.</summary>
    public string Country { get; }

    /// <summary>Key id of the key that signs now.</summary>
    public string CurrentKeyId
    {
        get
        {
            lock (_gate)
            {
                return _keys[0].KeyId;
            }
        }
    }

    /// <summary>The published key set (RFC 7517): the signing key, and the one before while tokens signed with it may live.</summary>
    public string Jwks
    {
        get
        {
            lock (_gate)
            {
                var now = _time.GetUtcNow();
                return DevelopmentDocuments.KeySet(_keys.Where(key => key.RetiredAt is not { } retired || now - retired < LongestLifetime));
            }
        }
    }

    /// <summary>The <c>iss</c> of tokens under a base URL.</summary>
    public string IssuerUrl(Uri baseUrl)
    {
        ArgumentNullException.ThrowIfNull(baseUrl);
        return $"{baseUrl.AbsoluteUri.TrimEnd('/')}/{_path}";
    }

    /// <summary>The discovery document (OIDC Discovery 1.0, 3) under a base URL. There is no log-in behind it.</summary>
    public string DiscoveryDocument(Uri baseUrl) => DevelopmentDocuments.Discovery(IssuerUrl(baseUrl));

    /// <summary>What the country registers so that these tokens are accepted.</summary>
    public RegisteredIssuer Registration(Uri baseUrl)
    {
        var issuer = IssuerUrl(baseUrl);
        return new RegisteredIssuer(issuer, issuer + DevelopmentDocuments.DiscoveryPath);
    }

    /// <summary>
    /// A signed token, valid from now. The claims are written as given, so that tokens which must be refused can be made too.
    /// </summary>
    /// <param name="baseUrl">As for <see cref="IssuerUrl"/>.</param>
    /// <param name="agency">Slug or qualified agency; null leaves the claim out.</param>
    /// <param name="roles">Roles; <see cref="CallerRoles.None"/> gives an empty list.</param>
    /// <param name="subject">The <c>sub</c> claim.</param>
    /// <param name="lifetime">Whole seconds, over 0, at most <see cref="LongestLifetime"/>.</param>
    /// <exception cref="ArgumentException">A parameter is outside what is stated.</exception>
    public string Issue(Uri baseUrl, string? agency, CallerRoles roles, string subject, TimeSpan lifetime)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, LongestLifetime);
        var issuer = IssuerUrl(baseUrl);
        var roleNames = CallerRoleNames.ToNames(roles);
        lock (_gate)
        {
            var now = _time.GetUtcNow().ToUnixTimeSeconds();
            var payload = JsonSerializer.SerializeToUtf8Bytes(
                new DevelopmentClaims(issuer, _audience, subject, Country, agency, roleNames, now, now, now + (long)lifetime.TotalSeconds, Guid.NewGuid().ToString("N")),
                DevelopmentJson.Default.DevelopmentClaims);
            var content = $"{_keys[0].EncodedHeader}.{Base64Url.EncodeToString(payload)}";
            return $"{content}.{Base64Url.EncodeToString(_keys[0].Sign(Encoding.ASCII.GetBytes(content)))}";
        }
    }

    /// <summary>
    /// Signs with a new key from now on. The key before stays published until its tokens have expired, or until the next
    /// rotation: at most two keys are published. Durable when this returns.
    /// </summary>
    public void Rotate()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            DevelopmentKey[] keys = [DevelopmentKey.Generate(now), _keys[0].Retired(now)];
            _file.Replace(keys);
            _keys = keys;
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Globalization", "CA1308", Justification = "A name in paths, not a normal form for comparison.")]
    private static string PathOf(string country) => country.ToLowerInvariant();
}
