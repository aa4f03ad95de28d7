using BriData.Identity.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace BriData.Identity.Discovery;

/// <summary>
/// The current keys of one issuer. At most one fetch runs at a time and all who need it share it; whoever stops waiting
/// does not stop it. An issuer that fails, or tokens that name unknown keys, cause a fetch per
/// <see cref="IdentityOptions.ForcedRefreshInterval"/> at most.
/// </summary>
internal sealed class IssuerKeySource(
    RegisteredIssuer issuer,
    IDocumentRetriever documents,
    TokenRules rules,
    IdentityOptions options,
    IdentityInstruments instruments,
    ILogger logger,
    TimeProvider time)
{
    private readonly Lock _gate = new();
    private IssuerKeySet? _current;
    private Task? _fetch;
    private DateTimeOffset? _failedAt;
    private DateTimeOffset? _forcedAt;

    /// <summary>Keys that may be used now; null if there are none because the issuer cannot be reached.</summary>
    public async ValueTask<IssuerKeySet?> GetAsync(CancellationToken cancellationToken)
    {
        Task fetch;
        lock (_gate)
        {
            if (Age(_current?.FetchedAt) < options.MetadataRefreshInterval)
            {
                return _current;
            }

            if (_fetch is null && Age(_failedAt) < options.ForcedRefreshInterval)
            {
                return Usable();
            }

            fetch = _fetch ??= StartFetch();
        }

        await fetch.WaitAsync(cancellationToken);
        lock (_gate)
        {
            return Usable();
        }
    }

    /// <summary>
    /// Keys newer than <paramref name="seen"/>, in which the caller did not find what it looked for; <paramref name="seen"/>
    /// itself if it is too early to ask again; null if the issuer cannot be reached.
    /// </summary>
    public async ValueTask<IssuerKeySet?> RefreshAsync(IssuerKeySet seen, CancellationToken cancellationToken)
    {
        Task fetch;
        lock (_gate)
        {
            if (!ReferenceEquals(_current, seen))
            {
                return _current;
            }

            if (_fetch is null)
            {
                if (Age(_failedAt) < options.ForcedRefreshInterval)
                {
                    return null;
                }

                if (Age(_forcedAt) < options.ForcedRefreshInterval)
                {
                    return seen;
                }

                _forcedAt = time.GetUtcNow();
                _fetch = StartFetch();
            }

            fetch = _fetch;
        }

        await fetch.WaitAsync(cancellationToken);
        lock (_gate)
        {
            return _failedAt is null ? _current : null;
        }
    }

    private IssuerKeySet? Usable() => Age(_current?.FetchedAt) < options.MetadataMaximumAge ? _current : null;

    private TimeSpan Age(DateTimeOffset? since) => since is { } moment ? time.GetUtcNow() - moment : TimeSpan.MaxValue;

    // Apart from the caller's thread: the fetch ends by taking the lock under which it is started.
    private Task StartFetch() => Task.Run(FetchAsync);

    private async Task FetchAsync()
    {
        IssuerKeySet? keys = null;
        try
        {
            using var timeout = new CancellationTokenSource(options.DiscoveryTimeout, time);
            var document = await OpenIdConnectConfigurationRetriever.GetAsync(issuer.MetadataAddress, documents, timeout.Token)
                .WaitAsync(timeout.Token);
            keys = Read(document);
            Log.KeysFetched(logger, issuer.Issuer, keys.Count);
        }
#pragma warning disable CA1031 // Whatever a foreign document or network can cause, the answer is "unavailable".
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.KeysNotFetched(logger, issuer.Issuer, issuer.MetadataAddress, exception);
        }

        instruments.Discovered(keys is not null);
        lock (_gate)
        {
            _current = keys ?? _current;
            _failedAt = keys is null ? time.GetUtcNow() : null;
            _fetch = null;
        }
    }

    private IssuerKeySet Read(OpenIdConnectConfiguration document)
    {
        // OIDC Discovery 1.0, 4.3: the document must be that of the issuer which was asked for.
        if (!string.Equals(document.Issuer, issuer.Issuer, StringComparison.Ordinal))
        {
            throw new InvalidDataException("The discovery document names another issuer.");
        }

        var keys = new IssuerKeySet(issuer.Issuer, document.JsonWebKeySet?.Keys ?? [], rules, time.GetUtcNow());
        return keys.Count > 0 ? keys : throw new InvalidDataException("The issuer publishes no usable key.");
    }
}
