namespace BriData.Ledger.Storage;

/// <summary>Size and Merkle root (RFC 6962) of a ledger at one moment.</summary>
public readonly record struct LedgerHead(LedgerId Ledger, long Size, Hash256 Root);
