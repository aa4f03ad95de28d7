namespace BriData.Identity;

/// <summary>From a bearer token to a recognised caller. Implementations are safe for concurrent use.</summary>
public interface ICallerVerifier
{
    /// <summary>
    /// Verifies a compact JWT. An expected refusal is a value, never an exception; what cannot be verified is refused.
    /// A token verified before is answered synchronously.
    /// </summary>
    /// <param name="token">The token without the <c>Bearer</c> prefix; null or empty gives <see cref="CallerFailureCodes.TokenMissing"/>.</param>
    /// <param name="cancellationToken">Cancels this caller's wait, not a key discovery that other callers share.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<CallerVerification> VerifyAsync(string? token, CancellationToken cancellationToken = default);

    /// <summary>
    /// Forgets what is cached of an issuer: verified tokens, refusals and published keys. A verification that starts
    /// after this returns consults the register and fetches the keys again; one under way may still give its answer
    /// to its own caller, but leaves nothing behind. Call it when an issuer is registered, withdrawn or suspended.
    /// </summary>
    /// <param name="issuer">The issuer, exactly as registered.</param>
    void Invalidate(string issuer);
}
