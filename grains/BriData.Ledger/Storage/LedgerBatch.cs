using System.Collections.Immutable;

namespace BriData.Ledger.Storage;

/// <summary>
/// A batch prepared by <see cref="LedgerTree.Prepare"/>: what a store writes in one atomic step.
/// </summary>
/// <param name="Ledger">The ledger.</param>
/// <param name="ExpectedSize">The size the stored ledger must have.</param>
/// <param name="Entries">New entries, in order, with their leaf hashes (same order and count).</param>
/// <param name="LeafHashes">Leaf hash of each entry.</param>
/// <param name="Tiles">Tiles of level 1 and above that this batch starts or extends, whole content each (level 0 is the leaf hashes themselves).</param>
/// <param name="NewHead">The head after the batch.</param>
public sealed record LedgerBatch(
    LedgerId Ledger,
    long ExpectedSize,
    ImmutableArray<LedgerEntryDraft> Entries,
    ImmutableArray<Hash256> LeafHashes,
    ImmutableArray<TileWrite> Tiles,
    LedgerHead NewHead);

/// <summary>The content of one tile, up to 256 hashes of 32 bytes.</summary>
public readonly record struct TileWrite(int Level, long Index, ReadOnlyMemory<byte> Hashes);
