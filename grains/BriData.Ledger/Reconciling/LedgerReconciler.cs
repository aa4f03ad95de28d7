using System.Collections.Immutable;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;
using BriData.Ledger.Verification;

namespace BriData.Ledger.Reconciling;

/// <summary>
/// Compares two copies of one ledger and names every entry that one of them lacks or has otherwise. Reads of equal parts
/// nothing but the hashes that show them to be equal. Memory grows with the number of differences, not with the ledgers.
/// </summary>
public static class LedgerReconciler
{
    /// <summary>Compares two copies.</summary>
    /// <param name="a">One copy.</param>
    /// <param name="b">The other.</param>
    /// <param name="key">The key that must have signed both; null for the key that each copy names.</param>
    /// <param name="cancellationToken">Ends the comparison without a result.</param>
    /// <exception cref="LedgerSourceException">A copy cannot be read.</exception>
    public static async Task<Reconciliation> CompareAsync(ILedgerSource a, ILedgerSource b, NoteVerifier? key = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var (left, treeA) = await OpenAsync(a, key, cancellationToken);
        var (right, treeB) = await OpenAsync(b, key, cancellationToken);
        if (left.Ledger != right.Ledger && left.Ledger is not null && right.Ledger is not null)
        {
            return new Reconciliation(left, right, Standing.DifferentLedgers, 0);
        }

        if (treeA is null || treeB is null)
        {
            return new Reconciliation(left, right, Standing.Unknown, 0);
        }

        var comparison = new CopyComparison(treeA, treeB);
        try
        {
            await comparison.RunAsync();
            return await DescribeAsync(left, right, treeA, treeB, comparison);
        }
        catch (SourceProblemException e)
        {
            // What was found so far is not all, so it is not told.
            return treeA.HasFailed
                ? new Reconciliation(left with { Problem = e.Finding }, right, Standing.Unknown, 0)
                : new Reconciliation(left, right with { Problem = e.Finding }, Standing.Unknown, 0);
        }
    }

    private static async Task<(ReconciledCopy Copy, CopiedTree? Tree)> OpenAsync(ILedgerSource source, NoteVerifier? expected, CancellationToken cancellationToken)
    {
        var copy = new ReconciledCopy(source.Location, null, null, null, null);
        var reader = new CheckpointReader(source, new SourceVerification { Key = expected });
        try
        {
            var (ledger, key) = await reader.IdentifyAsync(cancellationToken);
            copy = copy with { Ledger = ledger, Key = key.VerifierKey };
            var (_, head) = await reader.ReadAsync(LedgerPaths.Checkpoint, key, cancellationToken)
                ?? throw SourceProblemException.Of(TreeCodes.CheckpointMissing, null, LedgerPaths.Checkpoint, $"{source.Location} has no checkpoint.");
            copy = copy with { Checkpoint = head };
            var tree = new CopiedTree(source, head, cancellationToken);
            await tree.CheckEdgeAsync();
            return (copy, tree);
        }
        catch (SourceProblemException e)
        {
            return (copy with { Problem = e.Finding }, null);
        }
    }

    private static async Task<Reconciliation> DescribeAsync(ReconciledCopy a, ReconciledCopy b, CopiedTree treeA, CopiedTree treeB, CopyComparison found)
    {
        // The same content may stand more than once: each occurrence is matched with one of the other copy.
        var inB = found.OnlyB.GroupBy(e => e.Leaf).ToDictionary(g => g.Key, g => new Queue<long>(g.Select(e => e.Index)));
        var moved = new List<MovedEntry>();
        var lackedByB = new SortedDictionary<long, Hash256>();
        foreach (var (index, leaf) in found.OnlyA)
        {
            if (inB.TryGetValue(leaf, out var places) && places.TryDequeue(out var place))
            {
                moved.Add(new MovedEntry(index, place, leaf));
            }
            else
            {
                lackedByB.Add(index, leaf);
            }
        }

        var matched = moved.Select(m => m.IndexInB).ToHashSet();
        var lackedByA = new SortedDictionary<long, Hash256>(found.OnlyB.Where(e => !matched.Contains(e.Index)).ToDictionary(e => e.Index, e => e.Leaf));
        var different = new List<DifferentEntry>();
        foreach (var index in lackedByB.Keys.Where(lackedByA.ContainsKey).ToArray())
        {
            different.Add(new DifferentEntry(await EntryAsync(treeA, index, lackedByB[index]), await EntryAsync(treeB, index, lackedByA[index])));
            lackedByA.Remove(index);
            lackedByB.Remove(index);
        }

        var common = Math.Min(found.OnlyA.Select(e => e.Index).Append(treeA.Size).Min(), found.OnlyB.Select(e => e.Index).Append(treeB.Size).Min());
        return new Reconciliation(a, b, StandingOf(a, b, common), common)
        {
            MissingInA = [.. await EntriesAsync(treeB, lackedByA)],
            MissingInB = [.. await EntriesAsync(treeA, lackedByB)],
            Different = [.. different],
            Moved = [.. moved],
        };
    }

    private static Standing StandingOf(ReconciledCopy a, ReconciledCopy b, long common) =>
        a.Key != b.Key ? Standing.DifferentKeys
        : a.Checkpoint!.Size == common && b.Checkpoint!.Size == common ? Standing.Equal
        : a.Checkpoint.Size == common ? Standing.AIsPrefix
        : b.Checkpoint!.Size == common ? Standing.BIsPrefix
        : Standing.Forked;

    private static async Task<ImmutableArray<ReconciledEntry>> EntriesAsync(CopiedTree tree, SortedDictionary<long, Hash256> entries)
    {
        var read = ImmutableArray.CreateBuilder<ReconciledEntry>(entries.Count);
        foreach (var (index, leaf) in entries)
        {
            read.Add(await EntryAsync(tree, index, leaf));
        }

        return read.MoveToImmutable();
    }

    private static async Task<ReconciledEntry> EntryAsync(CopiedTree tree, long index, Hash256 leaf) =>
        new(index, leaf, await tree.EntryAsync(index, leaf));
}
