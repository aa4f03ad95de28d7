using System.Collections.Immutable;

namespace BriData.Ledger.Storage;

/// <summary>
/// One ledger's committed state, immutable: an append makes a new one that shares what did not change, so readers need no lock.
/// </summary>
internal sealed record InMemoryLedger(
    LedgerHead Head,
    ImmutableList<StoredEntry> Entries,
    ImmutableDictionary<Hash256, long> Keys,
    ImmutableDictionary<(int Level, long Index), ReadOnlyMemory<byte>> Tiles)
{
    public static InMemoryLedger Empty(LedgerId ledger) => new(
        new LedgerHead(ledger, 0, Merkle.MerkleHash.EmptyRoot),
        ImmutableList<StoredEntry>.Empty,
        ImmutableDictionary<Hash256, long>.Empty,
        ImmutableDictionary<(int Level, long Index), ReadOnlyMemory<byte>>.Empty);

    /// <summary>The ledger after the batch, holding copies of its buffers.</summary>
    public InMemoryLedger Append(LedgerBatch batch)
    {
        if (batch.ExpectedSize != Head.Size)
        {
            throw Conflict($"{batch.Ledger} has {Head.Size} entries, not {batch.ExpectedSize}.");
        }

        var entries = Entries.ToBuilder();
        var keys = Keys.ToBuilder();
        for (var i = 0; i < batch.Entries.Length; i++)
        {
            var draft = batch.Entries[i];
            if (!draft.Key.IsEmpty && !keys.TryAdd(Hash256.FromBytes(draft.Key.Span), entries.Count))
            {
                throw Conflict($"Entry {entries.Count} of {batch.Ledger} has the key of entry {keys[Hash256.FromBytes(draft.Key.Span)]}.");
            }

            entries.Add(new StoredEntry(entries.Count, draft.Body.ToArray(), batch.LeafHashes[i], draft.Sidecar.ToArray()));
        }

        var tiles = Tiles.ToBuilder();
        foreach (var tile in batch.Tiles)
        {
            tiles[(tile.Level, tile.Index)] = tile.Hashes.ToArray();
        }

        return new InMemoryLedger(batch.NewHead, entries.ToImmutable(), keys.ToImmutable(), tiles.ToImmutable());
    }

    private LedgerStoreException Conflict(string message) => new(Head.Ledger, LedgerStoreFailure.Conflict, message);
}
