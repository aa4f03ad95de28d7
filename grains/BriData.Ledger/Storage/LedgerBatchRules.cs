using BriData.Ledger.Merkle;

namespace BriData.Ledger.Storage;

/// <summary>What every store checks of a batch before it writes: cheap, and independent of stored state.</summary>
public static class LedgerBatchRules
{
    /// <exception cref="ArgumentException">The batch contradicts itself; <see cref="LedgerTree.Prepare"/> never makes such a one.</exception>
    public static void Check(LedgerBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Require(!batch.Entries.IsDefaultOrEmpty, "it has no entries");
        Require(!batch.LeafHashes.IsDefault && batch.LeafHashes.Length == batch.Entries.Length, "it does not have one leaf hash per entry");
        Require(!batch.Tiles.IsDefault, "it has no list of tiles");
        Require(batch.ExpectedSize >= 0 && batch.NewHead.Size == batch.ExpectedSize + batch.Entries.Length, "its sizes do not add up");
        Require(batch.NewHead.Ledger == batch.Ledger, "its head is of another ledger");
        foreach (var entry in batch.Entries)
        {
            Require(entry.Body.Length is >= 1 and <= LedgerTree.MaxEntryBytes, "an entry is empty or too large");
            Require(entry.Key.Length is 0 or LedgerTree.KeyBytes, "a key is not 32 bytes");
        }

        foreach (var tile in batch.Tiles)
        {
            Require(
                tile.Level is >= 1 and <= TileMath.MaxLevel && tile.Index >= 0 && !tile.Hashes.IsEmpty
                    && tile.Hashes.Length == TileMath.WidthOf(tile.Level, tile.Index, batch.NewHead.Size) * Hash256.ByteCount,
                "a tile is not of the new head's size");
        }

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                throw new ArgumentException($"The batch for {batch.Ledger} is malformed: {problem}.", nameof(batch));
            }
        }
    }
}
