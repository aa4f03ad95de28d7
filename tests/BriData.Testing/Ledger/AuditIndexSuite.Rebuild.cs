using BriData.Ledger.Audit;
using Xunit;
using static BriData.Testing.Ledger.AuditSamples;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Testing.Ledger;

public abstract partial class AuditIndexSuite
{
    [Fact]
    public async Task Rebuild_UntilTheSwitch_TheOldIndexServesAndTakesIn()
    {
        var index = await CreateAsync();
        await index.ApplyAsync([Record(SampleLedger, 0, 0) with { Transfer = "a:1", Text = "old" }]);

        await using var rebuild = await index.BeginRebuildAsync();
        Assert.Empty(await rebuild.GetProgressAsync());
        await rebuild.ApplyAsync([Record(SampleLedger, 0, 0) with { Transfer = "a:1", Text = "new" }]);
        await index.ApplyAsync([Record(SampleLedger, 1, 1) with { Text = "old" }]);

        Assert.Equal([1, 0], await FoundAsync(index, Visible with { Text = "old" }));
        Assert.Equal([], await FoundAsync(index, Visible with { Text = "new" }));
        Assert.Equal(2, (await index.GetProgressAsync())[SampleLedger]);
        Assert.Equal(1, (await rebuild.GetProgressAsync())[SampleLedger]);
    }

    [Fact]
    public async Task Rebuild_AfterTheSwitch_OnlyTheNewIndexIsThere()
    {
        var index = await CreateAsync();
        await index.ApplyAsync([Record(SampleLedger, 0, 0) with { Transfer = "a:1", Text = "old" }]);

        await RebuildAsync(index, [Record(SampleLedger, 0, 0) with { Transfer = "a:2", Text = "new" }, Record(SampleLedger, 1, 1)]);

        Assert.Equal([0], await FoundAsync(index, Visible with { Text = "new" }));
        Assert.Equal([], await FoundAsync(index, Visible with { Text = "old" }));
        Assert.Empty(await index.GetTrailAsync("a:1", null));
        Assert.Single(await index.GetTrailAsync("a:2", null));
        Assert.Equal(2, (await index.GetProgressAsync())[SampleLedger]);
        await index.ApplyAsync([Record(SampleLedger, 2, 2)]);
        Assert.Equal([2, 1, 0], await FoundAsync(index, Visible));
    }

    [Fact]
    public async Task Rebuild_GivenUp_LeavesTheOldIndexAndAllowsAnother()
    {
        var index = await CreateAsync();
        await index.ApplyAsync([Record(SampleLedger, 0, 0)]);
        var rebuild = await index.BeginRebuildAsync();
        await rebuild.ApplyAsync([Record(SampleLedger, 0, 5), Record(SampleLedger, 1, 6)]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => index.BeginRebuildAsync());
        await rebuild.DisposeAsync();

        Assert.Equal(1, (await index.GetProgressAsync())[SampleLedger]);
        Assert.Equal([0], await FoundAsync(index, Visible));
        await RebuildAsync(index, [Record(SampleLedger, 0, 0) with { Kind = "again" }]);
        await RebuildAsync(index, [Record(SampleLedger, 0, 0) with { Kind = "and again" }]);
        Assert.Equal([0], await FoundAsync(index, Visible with { Kind = "and again" }));
    }

    [Fact]
    public async Task Rebuild_CursorGivenOutBefore_ContinuesBehindTheSameRecord()
    {
        var index = await CreateAsync();
        AuditRecord[] records = [.. Enumerable.Range(0, 12).Select(static i => Record(Numbered(i % 3), i / 3, i))];
        await index.ApplyAsync(records);
        var first = await index.SearchAsync(Visible with { Limit = 3 });

        // In another order of ledgers and in other portions, as a rebuild reads them.
        await using (var rebuild = await index.BeginRebuildAsync())
        {
            foreach (var record in records.OrderBy(static r => r.Ledger.Value, StringComparer.Ordinal).ThenBy(static r => r.Index))
            {
                await rebuild.ApplyAsync([record]);
            }

            await rebuild.SwitchAsync();
        }

        var rest = await index.SearchAsync(Visible with { Cursor = first.Next });
        Assert.Equal(
            records.OrderByDescending(static r => r.At).Select(static r => (r.Ledger, r.Index)),
            first.Items.Concat(rest.Items).Select(static r => (r.Ledger, r.Index)));
    }

    [Fact]
    public async Task Rebuild_WhileSearching_EverySearchSeesOneIndexWhole()
    {
        var index = await CreateAsync();
        await index.ApplyAsync([.. Enumerable.Range(0, 20).Select(static i => Record(SampleLedger, i, i) with { Kind = "0" })]);
        using var over = new CancellationTokenSource();
        var searching = Task.Run(async () =>
        {
            var seen = 0;
            while (!over.IsCancellationRequested)
            {
                var items = (await index.SearchAsync(Visible)).Items;
                Assert.Equal(20, items.Length);
                Assert.Single(items.Select(static r => r.Kind).Distinct());
                seen++;
            }

            return seen;
        });

        for (var round = 1; round <= 5; round++)
        {
            await RebuildAsync(index, [.. Enumerable.Range(0, 20).Select(i => Record(SampleLedger, i, i) with { Kind = $"{round}" })]);
        }

        await over.CancelAsync();
        await searching;
        Assert.Equal(20, (await index.SearchAsync(Visible with { Kind = "5" })).Items.Length);
    }

    private static async Task RebuildAsync(IAuditIndex index, IReadOnlyList<AuditRecord> records)
    {
        await using var rebuild = await index.BeginRebuildAsync();
        await rebuild.ApplyAsync(records);
        await rebuild.SwitchAsync();
    }
}
