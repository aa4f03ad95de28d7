using BriData.Ledger.Audit;
using Xunit;
using static BriData.Testing.Ledger.AuditSamples;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Testing.Ledger;

/// <summary>What every <see cref="IAuditIndex"/> does. Derive, and give an empty index for each test.</summary>
public abstract partial class AuditIndexSuite
{
    /// <summary>An empty index. The deriving class disposes of it after the test.</summary>
    protected abstract Task<IAuditIndex> CreateAsync();

    [Fact]
    public async Task Empty_HasNoProgressAndFindsNothing()
    {
        var index = await CreateAsync();

        Assert.Empty(await index.GetProgressAsync());
        Assert.Empty(await index.GetTrailAsync("cn-kz-customs:1", null));
        await index.ApplyAsync([]);
        var page = await index.SearchAsync(new AuditQuery { VisibleTo = "CN" });
        Assert.Empty(page.Items);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Apply_Record_IsFoundWithEveryField()
    {
        var index = await CreateAsync();
        var record = new AuditRecord
        {
            Ledger = SampleLedger,
            Index = 0,
            At = Start.AddTicks(1_234_567),
            Kind = "transfer.requested",
            Parties = ["CN", "KZ"],
            Agencies = ["CN/customs", "KZ/customs"],
            Agreement = "cn-kz-customs",
            Transfer = "cn-kz-customs:42",
            DataSet = "CN/customs/declarations",
            Outcome = "PermitWithObligations",
            Rules = ["CN:dsl-36", "KZ:pd-16"],
            Obligations = ["DELETE_AFTER", "LOG_ACCESS"],
            Officer = "7f3a",
            Text = "transfer.requested cn-kz-customs:42 BRI1001 purpose fits",
        };
        await index.ApplyAsync([record]);

        var found = Assert.Single((await index.SearchAsync(new AuditQuery { VisibleTo = "KZ" })).Items);
        var trail = Assert.Single(await index.GetTrailAsync("cn-kz-customs:42", null));

        AssertSame(record, found);
        AssertSame(record, trail);
    }

    [Fact]
    public async Task Apply_Record_WithOnlyRequiredFields_IsFoundAsGiven()
    {
        var index = await CreateAsync();
        var record = Record(SampleLedger, 0, 0);

        await index.ApplyAsync([record]);

        AssertSame(record, Assert.Single((await index.SearchAsync(new AuditQuery { VisibleTo = "CN" })).Items));
    }

    [Fact]
    public async Task Apply_SeveralLedgers_MovesEachProgress()
    {
        var index = await CreateAsync();

        await index.ApplyAsync([Record(Numbered(1), 0, 0), Record(Numbered(2), 0, 1), Record(Numbered(1), 1, 2)]);
        await index.ApplyAsync([Record(Numbered(2), 1, 3)]);

        var progress = await index.GetProgressAsync();
        Assert.Equal(2, progress.Count);
        Assert.Equal(2, progress[Numbered(1)]);
        Assert.Equal(2, progress[Numbered(2)]);
    }

    [Fact]
    public async Task Apply_Twice_IsHarmless()
    {
        var index = await CreateAsync();
        await index.ApplyAsync([Record(SampleLedger, 0, 0), Record(SampleLedger, 1, 1)]);

        await index.ApplyAsync([Record(SampleLedger, 0, 0), Record(SampleLedger, 1, 1), Record(SampleLedger, 2, 2)]);

        Assert.Equal(3, (await index.GetProgressAsync())[SampleLedger]);
        Assert.Equal([2, 1, 0], (await index.SearchAsync(new AuditQuery { VisibleTo = "CN" })).Items.Select(r => r.Index));
    }

    [Fact]
    public async Task Apply_Gap_IsRefusedAsAWhole()
    {
        var index = await CreateAsync();
        await index.ApplyAsync([Record(Numbered(1), 0, 0)]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => index.ApplyAsync([Record(Numbered(2), 0, 1), Record(Numbered(1), 2, 2)]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => index.ApplyAsync([Record(Numbered(3), 1, 1)]));

        var progress = await index.GetProgressAsync();
        Assert.Equal(1, Assert.Single(progress).Value);
        Assert.Single((await index.SearchAsync(new AuditQuery { VisibleTo = "CN" })).Items);
    }

    [Fact]
    public async Task GetTrail_IsOldestFirstOverAllLedgers()
    {
        var index = await CreateAsync();
        await index.ApplyAsync(
        [
            Record(Numbered(1), 0, 5) with { Transfer = "a:1" },
            Record(Numbered(1), 1, 1) with { Transfer = "a:12" },
            Record(Numbered(2), 0, 3) with { Transfer = "a:1" },
            Record(Numbered(1), 2, 5) with { Transfer = "a:1" },
        ]);

        var trail = await index.GetTrailAsync("a:1", null);

        Assert.Equal([(Numbered(2), 0L), (Numbered(1), 0L), (Numbered(1), 2L)], trail.Select(r => (r.Ledger, r.Index)));
    }

    [Fact]
    public async Task GetTrail_VisibleToACountry_HasWhatItIsAPartyTo()
    {
        var index = await CreateAsync();
        await index.ApplyAsync(
        [
            Record(Numbered(1), 0, 5) with { Transfer = "a:1" },
            Record(Numbered(2), 0, 3) with { Transfer = "a:1", Parties = ["CN"] },
            Record(Numbered(3), 0, 1) with { Transfer = "a:1", Parties = ["CN", "KZ", "SG"] },
        ]);

        Assert.Equal([Numbered(3), Numbered(2), Numbered(1)], (await index.GetTrailAsync("a:1", "CN")).Select(r => r.Ledger));
        Assert.Equal([Numbered(3), Numbered(1)], (await index.GetTrailAsync("a:1", "KZ")).Select(r => r.Ledger));
        Assert.Equal([Numbered(3)], (await index.GetTrailAsync("a:1", "SG")).Select(r => r.Ledger));
        Assert.Empty(await index.GetTrailAsync("a:1", "US"));
    }

    [Fact]
    public async Task LedgersOf_ACountry_AreThoseWithAnEntryOfWhichItIsAParty()
    {
        var index = await CreateAsync();
        await index.ApplyAsync(
        [
            Record(Numbered(1), 0, 5),
            Record(Numbered(1), 1, 5) with { Parties = ["CN", "KZ", "SG"] },
            Record(Numbered(2), 0, 3) with { Parties = ["CN"] },
        ]);

        Assert.Equal([Numbered(1), Numbered(2)], (await index.LedgersOfAsync("CN")).OrderBy(l => l.Value, StringComparer.Ordinal));
        Assert.Equal([Numbered(1)], await index.LedgersOfAsync("SG"));
        Assert.Empty(await index.LedgersOfAsync("US"));
    }

    private static void AssertSame(AuditRecord expected, AuditRecord actual)
    {
        Assert.Equal(expected.Parties, actual.Parties);
        Assert.Equal(expected.Agencies, actual.Agencies);
        Assert.Equal(expected.Rules, actual.Rules);
        Assert.Equal(expected.Obligations, actual.Obligations);
        Assert.Equal(TimeSpan.Zero, actual.At.Offset);
        Assert.Equal(
            expected,
            actual with { Parties = expected.Parties, Agencies = expected.Agencies, Rules = expected.Rules, Obligations = expected.Obligations });
    }
}
