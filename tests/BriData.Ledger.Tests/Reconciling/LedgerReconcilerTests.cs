using BriData.Ledger.Merkle;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Reconciling;
using BriData.Ledger.Verification;
using BriData.Testing.Ledger;
using CsCheck;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Ledger.Tests.Reconciling;

public sealed class LedgerReconcilerTests
{
    private enum Edit
    {
        Drop,
        Insert,
        Change,
        Swap,
        Cut,
    }

    /// <summary>Whatever was done to one copy: every entry of either is accounted for, and none is named without cause.</summary>
    [Fact]
    public async Task Compare_AnyTwoCopies_AccountsForEveryEntry() => await Gen.Select(
        Gen.Int[0, 1400],
        Gen.Select(Gen.Int[0, 4].Select(i => (Edit)i), Gen.Int[0, 1500]).List[0, 4],
        Gen.Bool).SampleAsync(
        async (size, edits, turned) =>
        {
            var left = Enumerable.Range(0, size).ToList();
            var right = Edited(left, edits);
            var (a, b) = turned ? (right, left) : (left, right);

            var result = await LedgerReconciler.CompareAsync(await PublishAsync(a), await PublishAsync(b));

            var common = a.Zip(b).TakeWhile(p => p.First == p.Second).Count();
            Assert.Equal(common, result.Common);
            Assert.Equal(Expected(a, b, common), result.Standing);
            Assert.Equal(
                Enumerable.Range(0, a.Count).Where(i => i >= b.Count || a[i] != b[i]).Select(i => (long)i),
                result.MissingInB.Select(e => e.Index).Concat(result.Different.Select(d => d.A.Index)).Concat(result.Moved.Select(m => m.IndexInA)).Order());
            Assert.Equal(
                Enumerable.Range(0, b.Count).Where(i => i >= a.Count || a[i] != b[i]).Select(i => (long)i),
                result.MissingInA.Select(e => e.Index).Concat(result.Different.Select(d => d.B.Index)).Concat(result.Moved.Select(m => m.IndexInB)).Order());

            // No content is used twice here, so what is missing is missing altogether.
            Assert.Equal(a.Except(b).Order(), result.MissingInB.Concat(result.Different.Select(d => d.A)).Select(e => a[(int)e.Index]).Order());
            Assert.Equal(b.Except(a).Order(), result.MissingInA.Concat(result.Different.Select(d => d.B)).Select(e => b[(int)e.Index]).Order());
            Assert.All(result.Moved, m => Assert.Equal(a[(int)m.IndexInA], b[(int)m.IndexInB]));
            Assert.All(result.MissingInA.Concat(result.MissingInB), e => Assert.Equal(MerkleHash.Leaf(e.Body.Span), e.LeafHash));
        },
        iter: 60);

    [Fact]
    public async Task Compare_OneEntryLeftOut_NamesItAndSaysThatTheRestMoved()
    {
        var whole = Enumerable.Range(0, 600).ToList();

        var result = await LedgerReconciler.CompareAsync(await PublishAsync(whole), await PublishAsync(whole.Except([300]).ToList()), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Standing.Forked, result.Standing);
        Assert.Equal(300, Assert.Single(result.MissingInB).Index);
        Assert.Empty(result.MissingInA);
        Assert.Equal(299, result.Moved.Length);
    }

    [Fact]
    public async Task Compare_EqualOrContinued_ReadsHashesOnly()
    {
        var (a, b) = (await PublishAsync([.. Enumerable.Range(0, 70_000)]), await PublishAsync([.. Enumerable.Range(0, 70_001)]));
        foreach (var path in b.Resources.Keys.Where(p => p.StartsWith("tile/entries/", StringComparison.Ordinal) && !p.Contains(".p/", StringComparison.Ordinal)).ToArray())
        {
            a.Resources.Remove(path);
        }

        var result = await LedgerReconciler.CompareAsync(a, b, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Standing.AIsPrefix, result.Standing);
        Assert.Equal(70_000, Assert.Single(result.MissingInA).Index);
        Assert.InRange(a.Reads, 1, 10);
        Assert.InRange(b.Reads, 1, 10);
    }

    [Fact]
    public async Task Compare_CopiesOfDifferentKeys_SaysSo()
    {
        var entries = Enumerable.Range(0, 10).ToList();

        var result = await LedgerReconciler.CompareAsync(await PublishAsync(entries), await PublishAsync(entries, seed: 2), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((Standing.DifferentKeys, 10L), (result.Standing, result.Common));
    }

    [Fact]
    public async Task Compare_CopiesOfDifferentLedgers_SaysSo()
    {
        var other = await LedgerCopy.OfAsync(Numbered(1), [Body(0)]);

        Assert.Equal(Standing.DifferentLedgers, (await LedgerReconciler.CompareAsync(await PublishAsync([0]), other, cancellationToken: TestContext.Current.CancellationToken)).Standing);
    }

    [Theory]
    [InlineData(LedgerPaths.Checkpoint, TreeCodes.CheckpointUnsigned)]
    [InlineData("tile/0/002.p/188", TreeCodes.RootDiffers)]
    [InlineData("tile/1/000.p/2", TreeCodes.RootDiffers)]
    public async Task Compare_DamagedCopy_SaysNothingButThat(string path, string code)
    {
        var (a, b) = (await PublishAsync([.. Enumerable.Range(0, 700)]), await PublishAsync([.. Enumerable.Range(0, 700)]));
        b.Resources[path][^20] ^= 1;

        var result = await LedgerReconciler.CompareAsync(a, b, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((Standing.Unknown, code), (result.Standing, result.B.Problem?.Code));
        Assert.Null(result.A.Problem);
    }

    [Fact]
    public async Task Compare_DamagedTileUnderADifference_IsNotTakenForADifference()
    {
        var (a, b) = (await PublishAsync([.. Enumerable.Range(0, 700)]), await PublishAsync([.. Enumerable.Range(0, 700).Select(i => i == 10 ? 9999 : i)]));
        b.Resources["tile/0/000"][100] ^= 1;

        var result = await LedgerReconciler.CompareAsync(a, b, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((Standing.Unknown, TreeCodes.TileChanged), (result.Standing, result.B.Problem?.Code));
        Assert.Empty(result.Different);
    }

    private static Task<LedgerCopy> PublishAsync(List<int> numbers, byte seed = 1) =>
        LedgerCopy.OfAsync(SampleLedger, numbers.Select(n => (ReadOnlyMemory<byte>)Body(n)), seed);

    private static Standing Expected(List<int> a, List<int> b, int common) =>
        a.Count == common && b.Count == common ? Standing.Equal : a.Count == common ? Standing.AIsPrefix : b.Count == common ? Standing.BIsPrefix : Standing.Forked;

    private static List<int> Edited(List<int> entries, List<(Edit, int)> edits)
    {
        var edited = entries.ToList();
        var fresh = 1_000_000;
        foreach (var (edit, place) in edits)
        {
            var at = edited.Count == 0 ? 0 : place % edited.Count;
            if (edited.Count == 0 || edit == Edit.Insert)
            {
                edited.Insert(at, fresh++);
            }
            else if (edit == Edit.Drop)
            {
                edited.RemoveAt(at);
            }
            else if (edit == Edit.Change)
            {
                edited[at] = fresh++;
            }
            else if (edit == Edit.Cut)
            {
                edited.RemoveRange(at, edited.Count - at);
            }
            else
            {
                (edited[at], edited[^1]) = (edited[^1], edited[at]);
            }
        }

        return edited;
    }
}
