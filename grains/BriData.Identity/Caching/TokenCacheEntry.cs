namespace BriData.Identity.Caching;

/// <summary>One remembered token. Owned by one <see cref="TokenCache"/>; the slot changes only under its lock.</summary>
internal sealed class TokenCacheEntry(string token, string issuer, CallerVerification outcome, DateTimeOffset until)
{
    public string Token { get; } = token;

    public string Issuer { get; } = issuer;

    public CallerVerification Outcome { get; } = outcome;

    /// <summary>First moment at which the entry no longer counts.</summary>
    public DateTimeOffset Until { get; } = until;

    public int Slot { get; set; }

    /// <summary>Set by readers without a lock, cleared by the clock hand; a lost update costs one round of the hand at most.</summary>
    public bool Used { get; set; }
}
