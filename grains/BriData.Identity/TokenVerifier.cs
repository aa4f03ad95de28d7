using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using BriData.Identity.Caching;
using BriData.Identity.Discovery;
using BriData.Identity.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BriData.Identity;

/// <summary>
/// Verifies tokens of registered issuers against the keys they publish (RFC 7519, RFC 8725, OIDC Discovery 1.0).
/// </summary>
/// <remarks>
/// The order matters: size, memory, form, register, keys, signature, audience and times, claims. No address is contacted
/// that the token's country has not registered, and nothing in a token is believed before its signature is verified,
/// except to choose where to look. Safe for concurrent use; meant to live as long as the process.
/// </remarks>
public sealed class TokenVerifier : ICallerVerifier
{
    private readonly ConcurrentDictionary<RegisteredIssuer, IssuerKeySource> _sources = new();
    private readonly IIssuerRegistry _registry;
    private readonly IdentityOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TokenRules _rules;
    private readonly IdentityInstruments _instruments;
    private readonly DiscoveryDocumentReader _documents;

    public TokenVerifier(
        IIssuerRegistry registry,
        IHttpClientFactory clients,
        IOptions<IdentityOptions> options,
        TimeProvider time,
        IMeterFactory meters,
        ILogger<TokenVerifier> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _registry = registry;
        _options = options.Value;
        _time = time;
        _logger = logger;
        _rules = new TokenRules(_options, time);
        _instruments = new IdentityInstruments(meters);
        _documents = new DiscoveryDocumentReader(clients, _options);
        Recognised = new TokenCache(_options.TokenCacheEntries, _options.TokenCacheCharacters, new TokenTailComparer(), time);
        Refused = new TokenCache(_options.RefusalCacheEntries, _options.RefusalCacheCharacters, StringComparer.Ordinal, time);
    }

    internal TokenCache Recognised { get; }

    internal TokenCache Refused { get; }

    /// <inheritdoc/>
    public ValueTask<CallerVerification> VerifyAsync(string? token, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrEmpty(token))
        {
            return new(CallerVerification.Refused(CallerFailure.Missing));
        }

        if (token.Length > _options.MaximumTokenBytes)
        {
            return new(CallerVerification.Refused(CallerFailure.TooLong));
        }

        return Recognised.TryGet(token, out var outcome) || Refused.TryGet(token, out outcome)
            ? new(outcome)
            : VerifyInFullAsync(token, cancellationToken);
    }

    /// <inheritdoc/>
    public void Invalidate(string issuer)
    {
        ArgumentException.ThrowIfNullOrEmpty(issuer);
        foreach (var source in _sources)
        {
            if (string.Equals(source.Key.Issuer, issuer, StringComparison.Ordinal))
            {
                _sources.TryRemove(source);
            }
        }

        // INVARIANT: after the keys, so that a verification that found the old keys cannot leave its outcome behind.
        Refused.RemoveIssuer(issuer);
        Log.Invalidated(_logger, issuer, Recognised.RemoveIssuer(issuer));
    }

    private async ValueTask<CallerVerification> VerifyInFullAsync(string token, CancellationToken cancellationToken)
    {
        if (!UnverifiedToken.TryRead(token, out var unverified, out var malformed))
        {
            return Counted(CallerVerification.Refused(malformed));
        }

        using (unverified)
        {
            // INVARIANT: read before the register and the keys are, so that a later Invalidate is noticed.
            var recognisedEpoch = Recognised.Epoch;
            var refusedEpoch = Refused.Epoch;
            var outcome = await JudgeAsync(token, unverified, cancellationToken);
            if (outcome.Identity is { } identity)
            {
                Recognised.Add(new TokenCacheEntry(token, identity.Issuer, outcome, RememberUntil(identity)), recognisedEpoch);
            }
            else if (IsLasting(outcome.Failure!))
            {
                var until = _time.GetUtcNow() + _options.RefusalCacheLifetime;
                Refused.Add(new TokenCacheEntry(token, unverified.Issuer, outcome, until), refusedEpoch);
            }

            return Counted(outcome);
        }
    }

    private async ValueTask<CallerVerification> JudgeAsync(string token, UnverifiedToken unverified, CancellationToken cancellationToken)
    {
        var (issuer, failure) = await FindIssuerAsync(unverified, cancellationToken);
        if (issuer is null)
        {
            return CallerVerification.Refused(failure!);
        }

        var source = _sources.GetOrAdd(
            issuer,
            static (key, self) => new IssuerKeySource(key, self._documents, self._rules, self._options, self._instruments, self._logger, self._time),
            this);
        var keys = await source.GetAsync(cancellationToken);
        var key = keys?.Find(unverified.Header);
        if (keys is not null && key is null)
        {
            keys = await source.RefreshAsync(keys, cancellationToken);
            key = keys?.Find(unverified.Header);
        }

        if (key is null)
        {
            return CallerVerification.Refused(keys is null ? CallerFailure.Unavailable : CallerFailure.UnknownKey);
        }

        (failure, var expiresAt) = await _rules.ValidateAsync(token, key.Rules);
        if (failure is not null)
        {
            return CallerVerification.Refused(failure);
        }

        failure = ClaimsReader.ReadIdentity(unverified, expiresAt, out var identity);
        return failure is null ? CallerVerification.Recognised(identity!) : CallerVerification.Refused(failure);
    }

    private async ValueTask<(RegisteredIssuer? Issuer, CallerFailure? Failure)> FindIssuerAsync(UnverifiedToken unverified, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var issuer in await _registry.GetIssuersAsync(unverified.Country, cancellationToken))
            {
                if (string.Equals(issuer.Issuer, unverified.Issuer, StringComparison.Ordinal))
                {
                    return (issuer, null);
                }
            }

            return (null, CallerFailure.NotRegistered);
        }
#pragma warning disable CA1031 // A register that cannot be read refuses the caller, whatever the reason.
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.RegistryFailed(_logger, unverified.Country, exception);
            return (null, CallerFailure.RegistryUnavailable);
        }
    }

    private DateTimeOffset RememberUntil(CallerIdentity identity)
    {
        var accepted = identity.ExpiresAt + _options.ClockSkew;
        var renewed = _time.GetUtcNow() + _options.TokenCacheLifetime;
        return accepted < renewed ? accepted : renewed;
    }

    // What may be answered otherwise in a moment, without the token changing, is not remembered.
    private static bool IsLasting(CallerFailure failure) =>
        failure.Code is not (CallerFailureCodes.IssuerUnavailable or CallerFailureCodes.TokenNotYetValid)
        && !ReferenceEquals(failure, CallerFailure.UnknownKey);

    private CallerVerification Counted(CallerVerification outcome)
    {
        _instruments.Verified(outcome);
        return outcome;
    }
}
