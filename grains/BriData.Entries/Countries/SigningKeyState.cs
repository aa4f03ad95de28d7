using System.Text.Json.Serialization;
using BriData.Contracts.Countries;
using BriData.Entries.Events;
using BriData.Entries.Signatures;

namespace BriData.Entries.Countries;

/// <summary>A key for signed acts in the country's register.</summary>
internal sealed class SigningKeyState
{
    public required SigningKey Key { get; set; }

    /// <summary>Pseudonym of who registered it; another person must confirm.</summary>
    public required string RegisteredBy { get; set; }

    /// <summary>Index of the last entry about it.</summary>
    public long LastIndex { get; set; }

    /// <summary>True while it awaits a second person.</summary>
    [JsonIgnore]
    public bool IsProposed => Key is { ConfirmedAt: null, RevokedAt: null };

    public static SigningKeyState From(LedgerEvent entry, CountryKeyRegistered registered, long index) => new()
    {
        Key = new SigningKey(
            registered.Kid, registered.Jwk, entry.At, registered.Signature is null ? null : entry.At, registered.ValidFrom, registered.ValidUntil),
        RegisteredBy = entry.By!.Officer,
        LastIndex = index,
    };

    public void Confirm(DateTimeOffset at, long index) => (Key, LastIndex) = (Key with { ConfirmedAt = at }, index);

    public void Revoke(DateTimeOffset since, long index) => (Key, LastIndex) = (Key with { RevokedAt = since }, index);

    /// <summary>Where the key is in its life at an instant.</summary>
    public string StatusAt(DateTimeOffset now) =>
        Key.RevokedAt is not null ? SigningKeyStatus.Revoked
        : Key.ConfirmedAt is null ? SigningKeyStatus.Proposed
        : now >= Key.ValidUntil ? SigningKeyStatus.Expired
        : Key.CountsAt(now) ? SigningKeyStatus.Valid
        : SigningKeyStatus.NotYetValid;
}

/// <summary>Words for where a key is in its life.</summary>
internal static class SigningKeyStatus
{
    public const string Proposed = "proposed";
    public const string NotYetValid = "notYetValid";
    public const string Valid = "valid";
    public const string Expired = "expired";
    public const string Revoked = "revoked";
}
