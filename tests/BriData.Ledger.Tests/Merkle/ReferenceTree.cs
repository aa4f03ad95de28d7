using BriData.Ledger.Merkle;
using BriData.Ledger.Storage;

namespace BriData.Ledger.Tests.Merkle;

/// <summary>A tree over given leaf hashes, by the recursive definition of RFC 6962 section 2.1; serves its tiles as a store would.</summary>
internal sealed class ReferenceTree(IReadOnlyList<Hash256> leaves) : ILedgerStore
{
    public static LedgerId Id { get; } = LedgerId.Parse("agreement/reference");

    public static ReferenceTree OfEntries(IEnumerable<byte[]> entries) => new([.. entries.Select(e => MerkleHash.Leaf(e))]);

    public static ReferenceTree OfSize(int size) => OfEntries(Enumerable.Range(0, size).Select(n => BitConverter.GetBytes(n)));

    public int Size => leaves.Count;

    public Hash256 Leaf(int index) => leaves[index];

    public Hash256 Root(int from, int to)
    {
        if (to == from)
        {
            return MerkleHash.EmptyRoot;
        }

        if (to - from == 1)
        {
            return leaves[from];
        }

        var k = 1;
        while (k * 2 < to - from)
        {
            k *= 2;
        }

        return MerkleHash.Node(Root(from, from + k), Root(from + k, to));
    }

    public Hash256 Root(int size) => Root(0, size);

    public ValueTask<LedgerHead> GetHeadAsync(LedgerId ledger, CancellationToken cancellationToken = default) =>
        new(new LedgerHead(ledger, Size, Root(Size)));

    public ValueTask<ReadOnlyMemory<byte>> ReadTileAsync(LedgerId ledger, int level, long index, CancellationToken cancellationToken = default)
    {
        var tile = new byte[TileMath.WidthOf(level, index, Size) * Hash256.ByteCount];
        for (var i = 0; i < tile.Length / Hash256.ByteCount; i++)
        {
            var span = 1 << (TileMath.Height * level);
            var first = (((int)index * TileMath.Width) + i) * span;
            Root(first, first + span).CopyTo(tile.AsSpan(i * Hash256.ByteCount));
        }

        return new(tile);
    }

    public Task AppendAsync(LedgerBatch batch) => throw new NotSupportedException();

    public IAsyncEnumerable<StoredEntry> ReadAsync(LedgerId ledger, long from, long to, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<long?> FindByKeyAsync(LedgerId ledger, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<LedgerHead> ListAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
