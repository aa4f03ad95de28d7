namespace BriData.Ledger.Storage;

/// <summary>An entry on its way into a ledger.</summary>
/// <param name="Body">Canonical JSON (RFC 8785), 1 to 65,535 bytes.</param>
/// <param name="Key">Idempotency key, 32 bytes, unique within the ledger; empty for none.</param>
/// <param name="Sidecar">Private values that the body commits to by salted hash, sealed under a key that can be destroyed. Kept beside the entry, never hashed into the tree. Empty for none.</param>
public readonly record struct LedgerEntryDraft(ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Key = default, ReadOnlyMemory<byte> Sidecar = default);
