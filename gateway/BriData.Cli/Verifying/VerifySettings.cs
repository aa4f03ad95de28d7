using BriData.Ledger.Notes;

namespace BriData.Cli.Verifying;

/// <summary>What <c>bridata verify</c> was told.</summary>
/// <param name="Key">The key that must have signed; null for the key that each copy names.</param>
/// <param name="Witnesses">Witnesses whose cosignatures count.</param>
/// <param name="Quorum">How many of them are needed.</param>
/// <param name="Judge">Whether to look at what entries say, and to make decisions again.</param>
/// <param name="Earlier">A signed checkpoint kept from before, as text; null for none.</param>
internal sealed record VerifySettings(NoteVerifier? Key, IReadOnlyList<CosignatureVerifier> Witnesses, int Quorum, bool Judge, string? Earlier);
