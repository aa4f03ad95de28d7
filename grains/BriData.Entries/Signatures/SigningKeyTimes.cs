using BriData.Contracts.Countries;

namespace BriData.Entries.Signatures;

/// <summary>When a key counts.</summary>
internal static class SigningKeyTimes
{
    /// <summary>Confirmed by then, within its times, and not revoked, whenever that was.</summary>
    public static bool CountsAt(this SigningKey key, DateTimeOffset at) => key.RevokedAt is null && key.CoversDate(at);

    /// <summary>Confirmed by then and within its times; says nothing of revocation.</summary>
    public static bool CoversDate(this SigningKey key, DateTimeOffset at) =>
        at >= key.ConfirmedAt && !(at < key.ValidFrom) && !(at >= key.ValidUntil);
}
