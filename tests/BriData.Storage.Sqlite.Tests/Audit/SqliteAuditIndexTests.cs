using BriData.Ledger.Audit;
using BriData.Storage.Sqlite.Audit;
using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
using Microsoft.Extensions.Options;
using static BriData.Testing.Ledger.AuditSamples;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Storage.Sqlite.Tests.Audit;

public sealed class SqliteAuditIndexTests : AuditIndexSuite, IDisposable
{
    private readonly TestDirectory _root = new();
    private readonly StorageDirectory _directory;
    private SqliteAuditIndex _index;

    public SqliteAuditIndexTests()
    {
        _directory = new StorageDirectory(_root.FullPath);
        _index = Open();
    }

    public void Dispose()
    {
        _index.Dispose();
        _directory.Dispose();
        _root.Dispose();
    }

    [Fact]
    public async Task Reopen_KeepsRecordsProgressAndNumbers()
    {
        await _index.ApplyAsync([Record(SampleLedger, 0, 0) with { Agreement = "cn-kz-customs", Text = "first" }]);
        Reopen();

        await _index.ApplyAsync([Record(SampleLedger, 1, 1) with { Agreement = "cn-kz-customs", Text = "second" }]);

        Assert.Equal(2, (await _index.GetProgressAsync())[SampleLedger]);
        var found = await _index.SearchAsync(new AuditQuery { VisibleTo = "CN", Agreement = "cn-kz-customs" });
        Assert.Equal([1, 0], found.Items.Select(r => r.Index));
        Assert.Single((await _index.SearchAsync(new AuditQuery { VisibleTo = "KZ", Text = "fir" })).Items);
    }

    [Fact]
    public async Task Apply_RefusedBatch_LeavesNoNumbersBehind()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _index.ApplyAsync(
        [
            Record(Numbered(1), 0, 0) with { Agreement = "new", Parties = ["US", "UZ"] },
            Record(Numbered(2), 5, 0),
        ]));

        await _index.ApplyAsync([Record(Numbered(3), 0, 0) with { Agreement = "other" }, Record(Numbered(1), 0, 0) with { Agreement = "new", Parties = ["US", "UZ"] }]);

        Assert.Equal(Numbered(1), Assert.Single((await _index.SearchAsync(new AuditQuery { VisibleTo = "UZ", Agreement = "new" })).Items).Ledger);
        Assert.Empty((await _index.SearchAsync(new AuditQuery { VisibleTo = "CN", Agreement = "new" })).Items);
    }

    [Fact]
    public async Task Search_Words_OfOneAudienceAreNotThoseOfAnother()
    {
        // Audiences get the numbers 1 to 12; "2x" begins a word of the first one that looks like one of the twelfth.
        await _index.ApplyAsync([.. Enumerable.Range(0, 12).Select(i => Record(SampleLedger, i, i) with { Parties = [$"A{i}", "ZZ"], Text = i == 0 ? "2xsecret" : "plain" })]);

        Assert.Empty((await _index.SearchAsync(new AuditQuery { VisibleTo = "A11", Text = "secret" })).Items);
        Assert.Empty((await _index.SearchAsync(new AuditQuery { VisibleTo = "A11", Text = "2xsecret" })).Items);
        Assert.Single((await _index.SearchAsync(new AuditQuery { VisibleTo = "A0", Text = "2xsecret" })).Items);
        Assert.Equal(11, (await _index.SearchAsync(new AuditQuery { VisibleTo = "ZZ", Text = "pl" })).Items.Length);

        // Not only filtered afterwards: the words themselves lead to no record of another audience.
        using var database = SqliteDatabase.OpenReader(Path.Combine(_root.FullPath, SqliteAuditIndex.FileName), TimeSpan.Zero);
        Assert.Equal(1, MatchesOf(database, "2xsecret", 1));
        Assert.Equal(0, MatchesOf(database, "2xsecret", 12));
        Assert.Equal(0, MatchesOf(database, "secret", 12));
        Assert.Equal(1, MatchesOf(database, "plain", 12));
    }

    [Fact]
    public async Task Search_WordsInManyRecords_PagesInOrder()
    {
        await _index.ApplyAsync([.. Enumerable.Range(0, 5000).Select(i => Record(SampleLedger, i, i) with { Text = $"common w{i % 7}", Outcome = i % 3 == 0 ? "Deny" : "Permit" })]);

        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = await _index.SearchAsync(new AuditQuery { VisibleTo = "CN", Text = "comm", Outcome = "Deny", Limit = 500, Cursor = cursor });
            seen.AddRange(page.Items.Select(r => r.Index));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 5000).Where(i => i % 3 == 0).Reverse().Select(i => (long)i), seen);
    }

    [Fact]
    public void Search_Plans_ReadPostingsByAudienceAndNeverAWholeTable()
    {
        using var database = SqliteDatabase.OpenReader(Path.Combine(_root.FullPath, SqliteAuditIndex.FileName), TimeSpan.Zero);
        var query = new AuditQuery { VisibleTo = "CN", Country = "KZ", From = Start, To = Start.AddDays(1) };
        var search = new AuditSearch(query, new AuditPosition(5, SampleLedger, 1), [[1], [2, 3]], hasText: true);

        foreach (var sql in new[] { search.ByCondition(0), search.ByCondition(1), search.ByText(), search.CountSql(1, 10) })
        {
            var plan = new List<string>();
            using var explain = database.Prepare("EXPLAIN QUERY PLAN " + sql);
            while (explain.Step())
            {
                plan.Add(explain.Text(3));
            }

            Assert.DoesNotContain(plan, step => step.StartsWith("SCAN r", StringComparison.Ordinal) || step.StartsWith("SCAN p", StringComparison.Ordinal) || step.StartsWith("SCAN o", StringComparison.Ordinal) || step.StartsWith("SCAN l", StringComparison.Ordinal));
            Assert.All(plan.Where(step => step.StartsWith("SEARCH p ", StringComparison.Ordinal)), step => Assert.Contains("audience=? AND term=? AND at>? AND at<?", step, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("AgAAAAAAAAABAAAAAAAAAAFhZ3JlZW1lbnQvYQ")]
    [InlineData("Af__________AAAAAAAAAAFhZ3JlZW1lbnQvYQ")]
    [InlineData("AQAAAAAAAAABAAAAAAAAAAFub3QgYSBsZWRnZXI")]
    [InlineData("AQAAAAAAAAAB")]
    public void Cursor_OtherVersionOrNonsense_IsFormatException(string cursor) =>
        Assert.Throws<FormatException>(() => AuditPosition.Parse(cursor));

    [Fact]
    public void Cursor_WrittenAndParsed_IsTheSame()
    {
        var position = new AuditPosition(Start.UtcTicks, SampleLedger, 42);

        Assert.Equal(position, AuditPosition.Parse(position.ToCursor()));
    }

    protected override Task<IAuditIndex> CreateAsync() => Task.FromResult<IAuditIndex>(_index);

    private static long MatchesOf(SqliteDatabase database, string text, long audience)
    {
        using var statement = database.Prepare("SELECT count(*) FROM words WHERE words MATCH ?");
        statement.Bind(1, AuditWords.Expression(text, [audience]));
        return statement.Step() ? statement.Int64(0) : -1;
    }

    private SqliteAuditIndex Open() => new(_directory, Options.Create(new SqliteStorageOptions()));

    private void Reopen()
    {
        _index.Dispose();
        _index = Open();
    }
}
