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
    public async Task Search_OneBehindTheOther_LetsOtherWorkOfThePoolHaveItsTurn()
    {
        const int Turns = 20;
        const int Enough = 2000;
        await _index.ApplyAsync([Record(SampleLedger, 0, 0)]);
        var (answers, longest, over) = (0, 0, false);
        var searches = Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => Task.Run(SearchOnAsync)).ToList();

        // On a thread of its own, as whatever comes in from outside the pool.
        await Task.Factory.StartNew(QueueOneByOne, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(searches);

        Assert.InRange(longest, 0, Enough);

        async Task SearchOnAsync()
        {
            while (!Volatile.Read(ref over))
            {
                _ = await _index.SearchAsync(new AuditQuery { VisibleTo = "CN" });
                Interlocked.Increment(ref answers);
            }
        }

        void QueueOneByOne()
        {
            using var ran = new SemaphoreSlim(0);
            for (var turn = 0; turn < Turns; turn++)
            {
                var queuedAt = Volatile.Read(ref answers);
                ThreadPool.UnsafeQueueUserWorkItem(_ => ran.Release(), null);
                ran.Wait();
                longest = Math.Max(longest, Volatile.Read(ref answers) - queuedAt);
            }

            Volatile.Write(ref over, true);
        }
    }

    [Fact]
    public async Task Search_Streams_AreOnlyThoseOfTheSearchersAudiences()
    {
        await _index.ApplyAsync([.. Enumerable.Range(0, 12).Select(i => Record(SampleLedger, i, i) with { Parties = [$"A{i}", "ZZ"], Transfer = "t:1", Text = i == 0 ? "secret" : "plain" })]);

        Assert.Empty((await _index.SearchAsync(new AuditQuery { VisibleTo = "A11", Text = "secret" })).Items);
        Assert.Single((await _index.SearchAsync(new AuditQuery { VisibleTo = "A0", Text = "secret" })).Items);
        Assert.Equal(11, (await _index.SearchAsync(new AuditQuery { VisibleTo = "ZZ", Text = "pl" })).Items.Length);

        // Not only filtered afterwards: no statement of the search leads to anything of another audience.
        using var reader = new AuditReader(SqliteDatabase.OpenReader(_index.ServingPath, TimeSpan.Zero));
        var stream = Assert.Single(reader.Streams("A11", null));
        Assert.Equal(12, reader.Streams("ZZ", null).Count);
        Assert.Equal(stream.Id, Assert.Single(reader.Streams("ZZ", "A11")).Id);
        Assert.Empty(reader.Streams("A11", "A10"));
        Assert.Equal(stream.Id, Assert.Single(reader.OfTransfer("t:1", stream.Audience)).Stream);
        Assert.Single(reader.EachOf("t:1", [stream]));
        Assert.Equal(12, reader.EachOf("t:1", reader.Streams("ZZ", null)).Count);
        Assert.Empty(reader.EachOf("t:1", reader.Streams("US", null)));
    }

    [Fact]
    public async Task Search_GivenUp_EndsBeforeTheNextSheet()
    {
        await _index.ApplyAsync([Record(SampleLedger, 0, 0) with { Text = "word" }]);
        using var reader = new AuditReader(SqliteDatabase.OpenReader(_index.ServingPath, TimeSpan.Zero));
        var query = new AuditQuery { VisibleTo = "CN", Text = "word" };

        Assert.Throws<OperationCanceledException>(() => reader.Search(query, null, new CancellationToken(canceled: true)));
        Assert.Single(reader.Search(query, null, CancellationToken.None));
    }

    [Fact]
    public async Task Switch_NewFileThatCannotBeOpened_LeavesTheOldAndAllowsAnother()
    {
        await _index.ApplyAsync([Record(SampleLedger, 0, 0) with { Kind = "old" }]);
        var former = _index.ServingPath;

        // Where SQLite wants to write the log of the new file, it cannot.
        var obstacle = Directory.CreateDirectory(_root.PathOf("audit-2.db-wal"));
        await using (var rebuild = await _index.BeginRebuildAsync())
        {
            await rebuild.ApplyAsync([Record(SampleLedger, 0, 0) with { Kind = "new" }]);
            await Assert.ThrowsAnyAsync<Exception>(() => rebuild.SwitchAsync());
        }

        Assert.Equal(former, _index.ServingPath);
        Assert.False(File.Exists(_root.PathOf("audit-2.db")));
        Assert.Equal("old", Assert.Single((await _index.SearchAsync(new AuditQuery { VisibleTo = "CN" })).Items).Kind);
        obstacle.Delete();
        await using (var rebuild = await _index.BeginRebuildAsync())
        {
            await rebuild.ApplyAsync([Record(SampleLedger, 0, 0) with { Kind = "new" }]);
            await rebuild.SwitchAsync();
        }

        Assert.Equal("new", Assert.Single((await _index.SearchAsync(new AuditQuery { VisibleTo = "CN" })).Items).Kind);
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
    public async Task Start_AfterAKillDuringARebuild_ServesTheOldIndexAndForgetsTheNew()
    {
        await _index.ApplyAsync([Record(SampleLedger, 0, 0) with { Kind = "old" }]);
        await using var rebuild = await _index.BeginRebuildAsync();
        await rebuild.ApplyAsync([Record(SampleLedger, 0, 0) with { Kind = "new" }, Record(SampleLedger, 1, 0)]);

        using var killed = Killed();

        Assert.Equal("old", Assert.Single((await killed.Index.SearchAsync(new AuditQuery { VisibleTo = "CN" })).Items).Kind);
        Assert.Equal(1, (await killed.Index.GetProgressAsync())[SampleLedger]);
        Assert.DoesNotContain(killed.Files, static f => f.Contains("unfinished", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_AfterAKillJustAfterTheSwitch_ServesTheNewIndex()
    {
        await _index.ApplyAsync([Record(SampleLedger, 0, 0) with { Kind = "old" }]);
        var former = _index.ServingPath;
        var kept = File.ReadAllBytes(former);
        await using (var rebuild = await _index.BeginRebuildAsync())
        {
            await rebuild.ApplyAsync([Record(SampleLedger, 0, 0) with { Kind = "new" }]);
            await rebuild.SwitchAsync();
        }

        Assert.False(File.Exists(former));
        File.WriteAllBytes(former, kept);
        using var killed = Killed();

        Assert.Equal("new", Assert.Single((await killed.Index.SearchAsync(new AuditQuery { VisibleTo = "CN" })).Items).Kind);
        Assert.DoesNotContain(killed.Files, f => f.StartsWith(Path.GetFileName(former), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_AfterAKill_HasEveryAppliedBatchWholeAndGoesOn()
    {
        for (var i = 0; i < 5; i++)
        {
            await _index.ApplyAsync([Record(Numbered(1), i, i) with { Transfer = "a:1", Text = "word" }, Record(Numbered(2), i, i)]);
        }

        using var killed = Killed();

        var progress = await killed.Index.GetProgressAsync();
        Assert.Equal((5, 5), (progress[Numbered(1)], progress[Numbered(2)]));
        Assert.Equal(10, (await killed.Index.SearchAsync(new AuditQuery { VisibleTo = "CN" })).Items.Length);
        await killed.Index.ApplyAsync([Record(Numbered(1), 4, 4) with { Text = "word" }, Record(Numbered(1), 5, 5) with { Text = "word" }]);
        Assert.Equal(6, (await killed.Index.SearchAsync(new AuditQuery { VisibleTo = "CN", Text = "wo" })).Items.Length);
    }

    [Fact]
    public void Start_IndexOfAnEarlierVersion_IsThrownAway()
    {
        _index.Dispose();
        File.WriteAllText(_root.PathOf("audit.db"), "of the first version");
        using (var database = SqliteDatabase.OpenWriter(_root.PathOf("audit-7.db"), durable: false, TimeSpan.Zero, 1))
        {
            database.Execute("CREATE TABLE records (id); PRAGMA user_version = 1");
        }

        _index = Open();

        Assert.False(File.Exists(_root.PathOf("audit.db")));
        Assert.False(File.Exists(_root.PathOf("audit-7.db")));
        Assert.Equal(_root.PathOf("audit-1.db"), _index.ServingPath);
    }

    [Fact]
    public void Start_IndexOfALaterVersion_IsLeftUntouched()
    {
        _index.Dispose();
        using (var database = SqliteDatabase.OpenWriter(_root.PathOf("audit-7.db"), durable: false, TimeSpan.Zero, 1))
        {
            database.Execute("CREATE TABLE records (id); PRAGMA user_version = 99");
        }

        Assert.Throws<StorageOpenException>(Open);

        Assert.True(File.Exists(_root.PathOf("audit-7.db")));
        File.Delete(_root.PathOf("audit-7.db"));
        _index = Open();
    }

    [Fact]
    public async Task Search_OnceClosed_IsRefused()
    {
        _index.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => _index.SearchAsync(new AuditQuery { VisibleTo = "CN" }));
        _index = Open();
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

    private SqliteAuditIndex Open() => new(_directory, Options.Create(new SqliteStorageOptions()));

    private void Reopen()
    {
        _index.Dispose();
        _index = Open();
    }

    // What a killed process leaves behind: its files as they are, with nothing closed.
    private KilledIndex Killed()
    {
        var copy = new TestDirectory();
        foreach (var file in Directory.EnumerateFiles(_root.FullPath, "audit-*"))
        {
            File.Copy(file, copy.PathOf(Path.GetFileName(file)));
        }

        return new KilledIndex(copy);
    }

    private sealed class KilledIndex : IDisposable
    {
        private readonly TestDirectory _root;
        private readonly StorageDirectory _directory;

        public KilledIndex(TestDirectory root)
        {
            _root = root;
            _directory = new StorageDirectory(root.FullPath);
            Index = new SqliteAuditIndex(_directory, Options.Create(new SqliteStorageOptions()));
        }

        public SqliteAuditIndex Index { get; }

        public IEnumerable<string> Files => Directory.EnumerateFiles(_root.FullPath).Select(static f => Path.GetFileName(f));

        public void Dispose()
        {
            Index.Dispose();
            _directory.Dispose();
            _root.Dispose();
        }
    }
}
