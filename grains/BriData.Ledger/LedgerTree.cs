using System.Runtime.InteropServices;
using BriData.Ledger.Merkle;
using BriData.Ledger.Storage;

namespace BriData.Ledger;

/// <summary>
/// The growing end of one ledger: prepares batches and knows the head. For a single writer; not safe for concurrent use.
/// </summary>
/// <remarks>
/// One batch is in flight at a time: <see cref="Prepare"/>, append to the store, <see cref="Commit"/>. A batch that the
/// store refused is dropped by preparing the next one. After <see cref="LedgerStoreFailure.OutcomeUnknown"/> or
/// <see cref="LedgerStoreFailure.Conflict"/> the tree no longer knows the stored head: load it anew.
/// </remarks>
public sealed class LedgerTree
{
    /// <summary>Largest entry, in bytes: the length prefix of a tlog-tiles entry bundle is a uint16.</summary>
    public const int MaxEntryBytes = ushort.MaxValue;

    /// <summary>Length of an idempotency key, in bytes.</summary>
    public const int KeyBytes = 32;

    private readonly LedgerId _ledger;
    private readonly List<TileWrite> _writes = [];
    private RightEdge _edge;
    private RightEdge _spare = new();
    private LedgerBatch? _prepared;

    private LedgerTree(LedgerId ledger, RightEdge edge)
    {
        _ledger = ledger;
        _edge = edge;
        Head = new LedgerHead(ledger, edge.Size, edge.Root());
    }

    /// <summary>The head after the last committed batch.</summary>
    public LedgerHead Head { get; private set; }

    /// <summary>The tree of a ledger that has no entry.</summary>
    public static LedgerTree Empty(LedgerId ledger) => new(ledger, new RightEdge());

    /// <summary>Rebuilds the tree from a store's tiles.</summary>
    /// <exception cref="LedgerStoreException">Corrupt: tiles are missing or do not hash to the stored head. Or the store's own failure.</exception>
    public static async Task<LedgerTree> LoadAsync(ILedgerStore store, LedgerId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var head = await store.GetHeadAsync(id, cancellationToken);
        var reader = new TileReader(store, id, cancellationToken);
        var subtrees = new Hash256[63];
        for (var (bit, start) = (62, 0L); bit >= 0; bit--)
        {
            if ((head.Size >> bit & 1) != 0)
            {
                subtrees[bit] = await reader.CompleteAsync(bit, start);
                start += 1L << bit;
            }
        }

        var tiles = new ReadOnlyMemory<byte>[TileMath.MaxLevel + 1];
        for (var level = 1; level <= TileMath.MaxLevel; level++)
        {
            var hashes = TileMath.HashesAt(level, head.Size);
            var width = (int)(hashes % TileMath.Width);
            tiles[level] = width == 0 ? default : await reader.TileAsync(level, hashes / TileMath.Width, width);
        }

        var edge = new RightEdge();
        edge.Restore(head.Size, bit => subtrees[bit], level => tiles[level]);
        var tree = new LedgerTree(id, edge);
        return tree.Head.Root == head.Root
            ? tree
            : throw new LedgerStoreException(id, LedgerStoreFailure.Corrupt, $"The tiles of {id} hash to {tree.Head.Root}, the stored head at size {head.Size} is {head.Root}.");
    }

    /// <summary>
    /// Hashes entries into a batch on top of <see cref="Head"/>. The tree does not change until <see cref="Commit"/>;
    /// an earlier batch that was not committed is dropped. The batch refers to the drafts' memory, which must not change
    /// before the append has completed.
    /// </summary>
    /// <exception cref="ArgumentException">No entries, a body that is not 1 to 65,535 bytes, or a key that is neither empty nor 32 bytes.</exception>
    public LedgerBatch Prepare(IReadOnlyList<LedgerEntryDraft> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Validate(entries);
        _prepared = null;
        _spare.CopyFrom(_edge);
        _writes.Clear();

        var drafts = new LedgerEntryDraft[entries.Count];
        var leaves = new Hash256[entries.Count];
        for (var i = 0; i < drafts.Length; i++)
        {
            drafts[i] = entries[i];
            leaves[i] = MerkleHash.Leaf(drafts[i].Body.Span);
            _spare.Append(leaves[i], _writes);
        }

        _spare.Flush(_writes);
        return _prepared = new LedgerBatch(
            _ledger,
            Head.Size,
            ImmutableCollectionsMarshal.AsImmutableArray(drafts),
            ImmutableCollectionsMarshal.AsImmutableArray(leaves),
            [.. _writes],
            new LedgerHead(_ledger, _spare.Size, _spare.Root()));
    }

    /// <summary>Moves the head over a batch that the store has acknowledged.</summary>
    /// <exception cref="InvalidOperationException">The batch is not the last one prepared by this tree.</exception>
    public void Commit(LedgerBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (!ReferenceEquals(batch, _prepared))
        {
            throw new InvalidOperationException($"The batch is not the one last prepared for {_ledger}.");
        }

        (_edge, _spare) = (_spare, _edge);
        _prepared = null;
        Head = batch.NewHead;
    }

    private static void Validate(IReadOnlyList<LedgerEntryDraft> entries)
    {
        if (entries.Count == 0)
        {
            throw new ArgumentException("A batch has at least one entry.", nameof(entries));
        }

        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Body.Length is < 1 or > MaxEntryBytes)
            {
                throw new ArgumentException($"Entry {i} has {entries[i].Body.Length} bytes; 1 to {MaxEntryBytes} are allowed.", nameof(entries));
            }

            if (entries[i].Key.Length is not (0 or KeyBytes))
            {
                throw new ArgumentException($"The key of entry {i} has {entries[i].Key.Length} bytes; none or {KeyBytes} are allowed.", nameof(entries));
            }
        }
    }
}
