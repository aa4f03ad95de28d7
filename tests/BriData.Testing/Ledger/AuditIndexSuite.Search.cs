using BriData.Ledger.Audit;
using Xunit;
using static BriData.Testing.Ledger.AuditSamples;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Testing.Ledger;

public abstract partial class AuditIndexSuite
{
    private static readonly AuditQuery Visible = new() { VisibleTo = "CN" };

    [Fact]
    public async Task Search_NotAParty_FindsNothingWhateverIsAsked()
    {
        var index = await CreateAsync();
        await index.ApplyAsync([Record(SampleLedger, 0, 0) with { Agreement = "cn-kz-customs", Text = "word" }]);

        Assert.Empty((await index.SearchAsync(new AuditQuery { VisibleTo = "US" })).Items);
        Assert.Empty((await index.SearchAsync(new AuditQuery { VisibleTo = "US", Country = "CN" })).Items);
        Assert.Empty((await index.SearchAsync(new AuditQuery { VisibleTo = "US", Agreement = "cn-kz-customs", Text = "word" })).Items);
        Assert.Empty((await index.SearchAsync(new AuditQuery { VisibleTo = "C" })).Items);
        Assert.Empty((await index.SearchAsync(new AuditQuery { VisibleTo = "" })).Items);
        Assert.Single((await index.SearchAsync(new AuditQuery { VisibleTo = "KZ" })).Items);
    }

    [Fact]
    public async Task Search_PagesOfMixedVisibility_AreFullAndGiveNothingAway()
    {
        var index = await CreateAsync();
        await index.ApplyAsync([.. Enumerable.Range(0, 10).Select(i => Record(SampleLedger, i, i) with { Parties = i % 2 == 0 ? ["CN", "KZ"] : ["KZ", "UZ"] })]);

        var first = await index.SearchAsync(Visible with { Limit = 5 });

        Assert.Equal([8, 6, 4, 2, 0], first.Items.Select(r => r.Index));
        Assert.Null(first.Next);
    }

    [Fact]
    public async Task Search_EachCondition_Selects()
    {
        var index = await CreateAsync();
        await index.ApplyAsync(
        [
            Record(SampleLedger, 0, 0) with
            {
                Parties = ["CN", "KZ", "UZ"], Agencies = ["CN/customs", "KZ/customs"], Agreement = "cn-kz-customs", DataSet = "CN/customs/declarations",
                Outcome = "Permit", Rules = ["CN:dsl-36"], Obligations = ["LOG_ACCESS"], Officer = "7f3a", Transfer = "cn-kz-customs:1",
            },
            Record(SampleLedger, 1, 10) with
            {
                Agencies = ["CN/tax"], Agreement = "cn-kz-tax", DataSet = "CN/tax/returns",
                Outcome = "Deny", Rules = ["KZ:pd-16", "agreement:dsl-3"], Obligations = ["DELETE_AFTER"], Officer = "90bc", Kind = "transfer.approved", Transfer = "cn-kz-tax:1",
            },
        ]);

        Assert.Equal([0], await FoundAsync(index, Visible with { Country = "UZ" }));
        Assert.Equal([0], await FoundAsync(index, Visible with { Agency = "CN/customs" }));
        Assert.Equal([1], await FoundAsync(index, Visible with { Agreement = "cn-kz-tax" }));
        Assert.Equal([1], await FoundAsync(index, Visible with { DataSet = "CN/tax/returns" }));
        Assert.Equal([0], await FoundAsync(index, Visible with { Outcome = "Permit" }));
        Assert.Equal([0], await FoundAsync(index, Visible with { Rule = "CN:dsl-36" }));
        Assert.Equal([0], await FoundAsync(index, Visible with { Rule = "dsl-36" }));
        Assert.Equal([1], await FoundAsync(index, Visible with { Rule = "dsl-3" }));
        Assert.Equal([], await FoundAsync(index, Visible with { Rule = "KZ:dsl-36" }));
        Assert.Equal([1], await FoundAsync(index, Visible with { Obligation = "DELETE_AFTER" }));
        Assert.Equal([1], await FoundAsync(index, Visible with { Officer = "90bc" }));
        Assert.Equal([0], await FoundAsync(index, Visible with { Kind = "transfer.requested" }));
        Assert.Equal([], await FoundAsync(index, Visible with { Kind = "transfer" }));
        Assert.Equal([1], await FoundAsync(index, Visible with { Transfer = "cn-kz-tax:1" }));
        Assert.Equal([], await FoundAsync(index, Visible with { Transfer = "cn-kz-tax" }));
        Assert.Equal([], await FoundAsync(index, Visible with { Transfer = "cn-kz-tax:1", Kind = "transfer.requested" }));
        Assert.Equal([], await FoundAsync(index, Visible with { Transfer = "cn-kz-tax:1", VisibleTo = "UZ" }));
        Assert.Equal([], await FoundAsync(index, Visible with { Agency = "CN/customs", Outcome = "Deny" }));
        Assert.Equal([0], await FoundAsync(index, Visible with { Agency = "CN/customs", Outcome = "Permit", Rule = "dsl-36" }));
    }

    [Fact]
    public async Task Search_Time_IsFromInclusiveToExclusive()
    {
        var index = await CreateAsync();
        await index.ApplyAsync([Record(SampleLedger, 0, 0), Record(SampleLedger, 1, 1), Record(SampleLedger, 2, 2)]);

        Assert.Equal([2, 1], await FoundAsync(index, Visible with { From = Start.AddMinutes(1) }));
        Assert.Equal([1, 0], await FoundAsync(index, Visible with { To = Start.AddMinutes(2) }));
        Assert.Equal([1], await FoundAsync(index, Visible with { From = Start.AddMinutes(1), To = Start.AddMinutes(2) }));
        Assert.Equal([1], await FoundAsync(index, Visible with { From = Start.AddMinutes(1).ToOffset(TimeSpan.FromHours(8)), To = Start.AddMinutes(1).AddTicks(1) }));
    }

    [Theory]
    [InlineData("purpose", true)]
    [InlineData("PURP", true)]
    [InlineData("fits purpose", true)]
    [InlineData("  fits   purp ", true)]
    [InlineData("BRI1001", true)]
    [InlineData("bri10", true)]
    [InlineData("cn-kz-customs:42", true)]
    [InlineData("CN/customs/declarations", true)]
    [InlineData("Таможня", true)]
    [InlineData("таможн", true)]
    [InlineData("", true)]
    [InlineData("urpose", false)]
    [InlineData("purpose missing", false)]
    [InlineData("cn-kz-customs:43", false)]
    [InlineData("purpose OR missing", false)]
    [InlineData("purpose NOT fits", false)]
    [InlineData("Text:purpose", false)]
    [InlineData("kz-customs:4", true)]
    [InlineData("kz-declarations", false)]
    [InlineData("customs/decl the", true)]
    [InlineData("customs-42", true)]
    [InlineData("-customs--42;", true)]
    [InlineData("kz-customs-42-kz", false)]
    [InlineData("fits;purpose", false)]
    [InlineData("purpose/fits", false)]
    [InlineData("CN/customs/declarations/BRI1001", false)]
    public async Task Search_Text_MatchesAllWordsAsPrefixes(string text, bool found)
    {
        var index = await CreateAsync();
        await index.ApplyAsync([Record(SampleLedger, 0, 0) with { Text = "transfer.requested cn-kz-customs:42 CN/customs/declarations BRI1001 the purpose fits; таможня" }]);

        Assert.Equal(found ? [0] : [], await FoundAsync(index, Visible with { Text = text }));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("*")]
    [InlineData("(")]
    [InlineData("'; DROP TABLE x; --")]
    [InlineData("a\" OR \"b")]
    [InlineData("^ : - +")]
    [InlineData("%")]
    [InlineData("NEAR(")]
    public async Task Search_TextWithOperators_IsNotAnError(string text)
    {
        var index = await CreateAsync();
        await index.ApplyAsync([Record(SampleLedger, 0, 0) with { Text = "word" }]);

        var page = await index.SearchAsync(Visible with { Text = text });

        Assert.True(page.Items.Length <= 1);
        Assert.Equal([0], await FoundAsync(index, Visible with { Text = "word" }));
    }

    [Fact]
    public async Task Search_SameTime_OrdersByLedgerThenIndexDescending()
    {
        var index = await CreateAsync();
        await index.ApplyAsync([Record(Numbered(2), 0, 0), Record(Numbered(1), 0, 0), Record(Numbered(1), 1, 0), Record(Numbered(3), 0, -1)]);

        var page = await index.SearchAsync(Visible);

        Assert.Equal([(Numbered(2), 0L), (Numbered(1), 1L), (Numbered(1), 0L), (Numbered(3), 0L)], page.Items.Select(r => (r.Ledger, r.Index)));
    }

    [Fact]
    public async Task Search_Pages_CoverEverythingOnceWhileRecordsArrive()
    {
        var index = await CreateAsync();
        await index.ApplyAsync([.. Enumerable.Range(0, 23).Select(i => Record(Numbered(1), i, i / 4))]);

        var seen = new List<long>();
        string? cursor = null;
        var pages = 0;
        do
        {
            var page = await index.SearchAsync(Visible with { Limit = 5, Cursor = cursor });
            seen.AddRange(page.Items.Where(r => r.Ledger == Numbered(1)).Select(r => r.Index));

            // Newer records of another ledger arrive between pages: they belong before the cursor and shift nothing.
            await index.ApplyAsync([Record(Numbered(2), pages, 1000 + pages)]);
            cursor = page.Next;
            pages++;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 23).Reverse().Select(i => (long)i), seen);
        Assert.Equal(5, pages);
    }

    [Fact]
    public async Task Search_PagesWhileEarlierAndLaterRecordsArrive_NothingTwiceNothingLeftOut()
    {
        // Every page of one record: between any two, records come in before and behind the cursor, in old and new ledgers.
        var index = await CreateAsync();
        AuditRecord[] atStart = [.. Enumerable.Range(0, 60).Select(static i => Record(Numbered(i % 4), i / 4, i / 3))];
        await index.ApplyAsync(atStart);

        var seen = new List<(string, long)>();
        var next = new long[8];
        Array.Fill(next, 15, 0, 4);
        string? cursor = null;
        for (var round = 0; round == 0 || cursor is not null; round++)
        {
            var page = await index.SearchAsync(Visible with { Limit = 1 + (round % 3), Cursor = cursor });
            seen.AddRange(page.Items.Select(static r => (r.Ledger.Value, r.Index)));
            cursor = page.Next;
            var ledger = round % 8;
            await index.ApplyAsync([Record(Numbered(ledger), next[ledger]++, round * 7 % 25), Record(Numbered(ledger), next[ledger]++, 100 + round)]);
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Empty(atStart.Select(static r => (r.Ledger.Value, r.Index)).Except(seen));
    }

    [Fact]
    public async Task Search_TimesThatGoBack_AreSortedAllTheSame()
    {
        // As after a clock was set, and then set right: one entry of the future, and later ones of the past.
        var index = await CreateAsync();
        double[] minutes = [0, 1, 500, 2, 3, 3, 2, 4, 900, 5];
        await index.ApplyAsync([.. minutes.Select(static (m, i) => Record(SampleLedger, i, m))]);

        Assert.Equal([8, 2, 9, 7, 5, 4, 6, 3, 1, 0], await FoundAsync(index, Visible));
        Assert.Equal([9, 7, 5, 4, 6, 3], await FoundAsync(index, Visible with { From = Start.AddMinutes(2), To = Start.AddMinutes(100) }));
        var first = await index.SearchAsync(Visible with { Limit = 4 });
        Assert.Equal([5, 4, 6, 3, 1, 0], await FoundAsync(index, Visible with { Cursor = first.Next }));
    }

    [Fact]
    public async Task Search_LastPageExactlyFull_HasNoNext()
    {
        var index = await CreateAsync();
        await index.ApplyAsync([.. Enumerable.Range(0, 4).Select(i => Record(SampleLedger, i, i))]);

        var first = await index.SearchAsync(Visible with { Limit = 2 });
        var second = await index.SearchAsync(Visible with { Limit = 2, Cursor = first.Next });

        Assert.NotNull(first.Next);
        Assert.Equal([1, 0], second.Items.Select(r => r.Index));
        Assert.Null(second.Next);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(501)]
    public async Task Search_LimitOutOfRange_IsArgumentException(int limit)
    {
        var index = await CreateAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => index.SearchAsync(Visible with { Limit = limit }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("!!")]
    [InlineData("MSAyIDM")]
    public async Task Search_ForeignCursor_IsFormatException(string cursor)
    {
        var index = await CreateAsync();

        await Assert.ThrowsAsync<FormatException>(() => index.SearchAsync(Visible with { Cursor = cursor }));
    }

    private static async Task<IEnumerable<long>> FoundAsync(IAuditIndex index, AuditQuery query) =>
        (await index.SearchAsync(query)).Items.Select(r => r.Index);
}
