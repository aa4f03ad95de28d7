namespace BriData.Ledger.Storage;

/// <summary>An entry as stored.</summary>
/// <param name="Index">Zero-based position in the ledger.</param>
/// <param name="Body">Canonical JSON, exactly the bytes appended.</param>
/// <param name="LeafHash">SHA-256(0x00 ‖ Body), RFC 6962 section 2.1.</param>
/// <param name="Sidecar">Private values, sealed; empty when there were none or they were removed.</param>
public readonly record struct StoredEntry(long Index, ReadOnlyMemory<byte> Body, Hash256 LeafHash, ReadOnlyMemory<byte> Sidecar);
