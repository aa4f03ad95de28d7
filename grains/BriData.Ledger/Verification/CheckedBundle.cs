namespace BriData.Ledger.Verification;

/// <summary>A bundle of entries whose form is in order, hashed.</summary>
/// <param name="First">Index of its first entry.</param>
/// <param name="Width">Number of entries.</param>
/// <param name="Hashes">Their leaf hashes, one behind the other.</param>
/// <param name="Stored">The hashes that the tile of level 0 has.</param>
/// <param name="Subtree">Root of the complete subtree; only when the bundle is full.</param>
/// <param name="Entries">The entries as read.</param>
/// <param name="Problem">The first entry that is not canonical; null when all are.</param>
internal sealed record CheckedBundle<T>(
    long First, int Width, byte[] Hashes, ReadOnlyMemory<byte> Stored, Hash256 Subtree, T[] Entries, LedgerFinding? Problem)
{
    public bool IsFull => Width == Merkle.TileMath.Width;

    public Hash256 Hash(int i) => Hash256.FromBytes(Hashes.AsSpan(i * Hash256.ByteCount, Hash256.ByteCount));
}
