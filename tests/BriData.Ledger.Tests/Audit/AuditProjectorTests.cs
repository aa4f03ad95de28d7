using System.Text;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;
using BriData.Testing.Ledger;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Ledger.Tests.Audit;

public sealed class AuditProjectorTests
{
    private readonly InMemoryLedgerStore _store = new();
    private readonly InMemoryAuditIndex _index = new();

    [Fact]
    public async Task CatchUp_IndexesEveryLedgerAndOnlyWhatIsNew()
    {
        var projector = new AuditProjector(_store, _index);
        var one = await FillAsync(Numbered(1), 1201);
        await FillAsync(Numbered(2), 3);

        Assert.Equal(1204, (await projector.CatchUpAsync()).Entries);
        Assert.Equal(0, (await projector.CatchUpAsync()).Entries);
        await _store.AppendAsync(one, new LedgerEntryDraft(Envelope(1201)));
        Assert.Equal(1, (await projector.CatchUpAsync()).Entries);

        var progress = await _index.GetProgressAsync();
        Assert.Equal(1202, progress[Numbered(1)]);
        Assert.Equal(3, progress[Numbered(2)]);
    }

    [Fact]
    public async Task CatchUp_Rebuild_FindsTheSame()
    {
        var projector = new AuditProjector(_store, _index);
        await FillAsync(Numbered(1), 20);
        await projector.CatchUpAsync();
        var before = await _index.SearchAsync(new AuditQuery { VisibleTo = "CN" });

        await using (var rebuild = await _index.BeginRebuildAsync())
        {
            Assert.Equal(20, (await new AuditProjector(_store, rebuild).CatchUpAsync()).Entries);
            await rebuild.SwitchAsync();
        }

        var after = await _index.SearchAsync(new AuditQuery { VisibleTo = "CN" });
        Assert.Equal(20, after.Items.Length);
        Assert.Equal(before.Items.Select(r => r.Text), after.Items.Select(r => r.Text));
    }

    [Fact]
    public async Task CatchUp_MalformedEntry_StopsOnlyItsLedgerThere()
    {
        var tree = await FillAsync(Numbered(1), 5);
        await _store.AppendAsync(tree, new LedgerEntryDraft(Body(0)), new LedgerEntryDraft(Envelope(6)));
        await FillAsync(Numbered(2), 4);

        var (entries, stalled) = await new AuditProjector(_store, _index).CatchUpAsync();

        Assert.Equal(9, entries);
        var (ledger, trouble) = Assert.Single(stalled);
        Assert.Equal(Numbered(1), ledger);
        Assert.Contains("Entry 5 of " + Numbered(1), Assert.IsType<FormatException>(trouble).Message, StringComparison.Ordinal);
        var progress = await _index.GetProgressAsync();
        Assert.Equal(5, progress[Numbered(1)]);
        Assert.Equal(4, progress[Numbered(2)]);
    }

    [Fact]
    public async Task CatchUp_DamagedLedger_StopsOnlyThatOneUntilItIsWhole()
    {
        await FillAsync(Numbered(1), 3);
        await FillAsync(Numbered(2), 4);
        var store = new FaultingLedgerStore(_store);
        store.Damage(Numbered(1).Value);
        var projector = new AuditProjector(store, _index);

        var (entries, stalled) = await projector.CatchUpAsync();

        Assert.Equal(4, entries);
        Assert.Equal(LedgerStoreFailure.Corrupt, Assert.IsType<LedgerStoreException>(stalled[Numbered(1)]).Reason);
        Assert.Single(stalled);
        store.Damage(null);
        var whole = await projector.CatchUpAsync();
        Assert.Equal(3, whole.Entries);
        Assert.Empty(whole.Stalled);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CatchUp_BrokenOffInBetween_GoesOnWhereTheIndexIs(bool applied)
    {
        // As after a kill before, or just after, the second transaction.
        await FillAsync(Numbered(1), 2500);
        await FillAsync(Numbered(2), 2500);

        await Assert.ThrowsAsync<OperationCanceledException>(() => new AuditProjector(_store, new BreakingSink(_index, applied)).CatchUpAsync());
        var rest = (await new AuditProjector(_store, _index).CatchUpAsync()).Entries;

        Assert.Equal(applied ? 1000 : 3000, rest);
        var progress = await _index.GetProgressAsync();
        Assert.Equal((2500, 2500), (progress[Numbered(1)], progress[Numbered(2)]));
    }

    [Fact]
    public async Task CatchUp_IndexAheadOfALedger_StopsOnlyThatLedger()
    {
        await _index.ApplyAsync([AuditSamples.Record(Numbered(1), 0, 0)]);
        await FillAsync(Numbered(2), 3);

        var (entries, stalled) = await new AuditProjector(_store, _index).CatchUpAsync();

        Assert.Equal(3, entries);
        Assert.IsType<InvalidOperationException>(Assert.Single(stalled, s => s.Key == Numbered(1)).Value);
        Assert.Single(stalled);
    }

    [Fact]
    public async Task CatchUp_LedgerThatHasLostItsLastEntries_IsToldThoughTheIndexWasBegunSince()
    {
        await FillAsync(Numbered(1), 3);
        await FillAsync(Numbered(2), 3);
        await FillAsync(LedgerId.Parse("access/CN"), 3);
        var upkeep = new FakeUpkeep { Damage = [Damaged(Numbered(1)), Damaged(LedgerId.Parse("access/CN"))] };

        var (entries, stalled) = await new AuditProjector(_store, _index, upkeep).CatchUpAsync();

        Assert.Equal(6, entries);
        var (ledger, trouble) = Assert.Single(stalled);
        Assert.Equal((Numbered(1), LedgerStoreFailure.Corrupt), (ledger, Assert.IsType<LedgerStoreException>(trouble).Reason));
    }

    /// <summary>Whose entries are missing can be told as long as the index accounts for each ledger that has lost its name.</summary>
    [Theory]
    [InlineData(1, new[] { 5 }, new int[0])]
    [InlineData(2, new[] { 5, 6 }, new int[0])]
    [InlineData(1, new int[0], new[] { 1 })]
    [InlineData(2, new[] { 5 }, new[] { 1 })]
    public async Task CatchUp_NamelessLedgers_AreToldByTheIndex(int nameless, int[] indexedAndNotListed, int[] borne)
    {
        var stalled = await StalledAsync(nameless, indexedAndNotListed, borne);

        Assert.Equal(indexedAndNotListed.Select(static n => Numbered(n)), stalled.Order(Comparer<LedgerId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))));
    }

    [Theory]
    [InlineData(1, new int[0], new int[0])]
    [InlineData(2, new[] { 5 }, new int[0])]
    [InlineData(1, new int[0], new[] { 7 })]
    public async Task CatchUp_NamelessLedgersThatTheIndexDoesNotKnow_AreToldToBeAnybodys(int nameless, int[] indexedAndNotListed, int[] borne)
    {
        Assert.Contains(default, await StalledAsync(nameless, indexedAndNotListed, borne));
    }

    [Fact]
    public async Task CatchUp_DamagedLedgerNeitherListedNorIndexed_IsToldToBeAnybodys()
    {
        await FillAsync(Numbered(1), 3);

        var stalled = (await new AuditProjector(_store, _index, new FakeUpkeep { Damage = [Damaged(Numbered(9))] }).CatchUpAsync()).Stalled;

        Assert.Contains(default, stalled);
        Assert.Contains(Numbered(9), stalled);
    }

    private static LedgerDamage Damaged(LedgerId ledger) => new(ledger, "The test says so.");

    private static byte[] Envelope(long n) =>
        Encoding.UTF8.GetBytes($$"""{"at":"2026-06-15T08:00:00Z","kind":"k{{n}}","parties":["CN"],"v":1}""");

    private async Task<IEnumerable<LedgerId>> StalledAsync(int nameless, int[] indexedAndNotListed, int[] borne)
    {
        await FillAsync(Numbered(1), 3);
        foreach (var lost in indexedAndNotListed)
        {
            await _index.ApplyAsync([AuditSamples.Record(Numbered(lost), 0, 0)]);
        }

        var upkeep = new FakeUpkeep
        {
            Damage = [.. Enumerable.Range(0, nameless).Select(n => new LedgerDamage(default, $"Number {n}.", n < borne.Length ? Numbered(borne[n]) : default))],
        };
        return (await new AuditProjector(_store, _index, upkeep).CatchUpAsync()).Stalled.Keys;
    }

    private async Task<LedgerTree> FillAsync(LedgerId ledger, int count)
    {
        var tree = LedgerTree.Empty(ledger);
        await _store.AppendAsync(tree, [.. Enumerable.Range(0, count).Select(n => new LedgerEntryDraft(Envelope(n)))]);
        return tree;
    }

    /// <summary>Ends at the second transaction, with it applied or not.</summary>
    private sealed class BreakingSink(IAuditSink sink, bool applied) : IAuditSink
    {
        private int _calls;

        public Task<IReadOnlyDictionary<LedgerId, long>> GetProgressAsync(CancellationToken cancellationToken = default) => sink.GetProgressAsync(cancellationToken);

        public async Task ApplyAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken = default)
        {
            var breaks = ++_calls == 2;
            if (!breaks || applied)
            {
                await sink.ApplyAsync(records, cancellationToken);
            }

            if (breaks)
            {
                throw new OperationCanceledException();
            }
        }
    }
}
