using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Tests.Support;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BriData.Storage.Sqlite.Tests.Database;

public sealed class WalCheckpointerTests : IDisposable
{
    private const int NotWrittenBack = 6152;
    private const int WrittenBackAgain = 6153;
    private const int LogKept = 6154;

    /// <summary>No commit of these tests adds more pages.</summary>
    private const int CommitPages = 16;

    private static readonly WalLimits Limits = new(100, 20, 400, TimeSpan.Zero);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TestDirectory _directory = new();
    private readonly LogLines _lines = new();
    private readonly ManualResetEventSlim _entered = new();
    private readonly ManualResetEventSlim _held = new(initialState: true);
    private Exception? _failure;
    private int _failures;
    private SqliteDatabase _writer;
    private int _rows;

    public WalCheckpointerTests()
    {
        _writer = Open();
        _writer.Execute("CREATE TABLE t (n INTEGER PRIMARY KEY, b BLOB)");
    }

    private string Path => _directory.PathOf("test.db");

    private string LogPath => Path + "-wal";

    public void Dispose()
    {
        _held.Set();
        _writer.Dispose();
        _entered.Dispose();
        _held.Dispose();
        _directory.Dispose();
    }

    /// <summary>In versions before 3.51.3, connections that write back and that start a log over at the same time can lose pages.</summary>
    [Fact]
    public void Library_IsOneInWhichAnotherConnectionMayWriteBack() => Assert.True(raw.sqlite3_libversion_number() >= 3_051_003);

    [Fact]
    public void Commit_WithoutAPause_StaysWithinBoundsAndStartsOver()
    {
        var (longest, startedOver) = (0, 0);
        for (var last = 0; _rows < 1500;)
        {
            var frames = Commit();
            startedOver += frames < last ? 1 : 0;
            longest = Math.Max(longest, last = frames);
        }

        Assert.InRange(longest, Limits.Begin, Limits.Most + CommitPages);
        Assert.True(startedOver >= 1500 * 4 / (Limits.Most + CommitPages));
        AssertNothingFailed();
        CloseAndAssertFolded();
    }

    [Fact]
    public void Commit_WhileAReaderNeedsTheLog_GoesOnAndStartsOverOnceItHasLeft()
    {
        Commit();
        var reader = SqliteDatabase.OpenReader(Path, TimeSpan.Zero);
        reader.Execute("BEGIN");
        Assert.Equal(1, Count(reader));
        while (Commit() < 3 * Limits.Most)
        {
        }

        Assert.Equal(1, Count(reader));
        Assert.Equal(_rows, Count(_writer));
        reader.Dispose();

        Assert.True(StartsOverWithin(Limits.Begin + (2 * CommitPages)));
        AssertNothingFailed();
        CloseAndAssertFolded();
    }

    [Fact]
    public void Commit_WhileTheLogIsWrittenBack_GoesOn()
    {
        _held.Reset();
        while (Commit() < Limits.Begin)
        {
        }

        Assert.True(_entered.Wait(Deadline));
        while (Commit() < Limits.Most - CommitPages)
        {
        }

        _held.Set();
        Assert.True(StartsOverWithin(2 * CommitPages));
        AssertNothingFailed();
    }

    [Fact]
    public void Commit_WhenTheLogCannotBeWrittenBackBeside_WritesItBackItselfAndSaysSoOnce()
    {
        _failure = new SqliteException("broken", raw.SQLITE_IOERR, raw.SQLITE_IOERR | (3 << 8));
        var longest = 0;
        while (_rows < 600)
        {
            longest = Math.Max(longest, Commit());
        }

        Assert.InRange(longest, Limits.Most, Limits.Most + CommitPages);
        Assert.True(_failures > 1);
        Assert.Equal([NotWrittenBack], _lines.Events);

        _failure = null;
        while (_lines.Events.Count == 1)
        {
            Commit();
        }

        Assert.Equal([NotWrittenBack, WrittenBackAgain], _lines.Events);
        CloseAndAssertFolded();
    }

    [Fact]
    public void Commit_AfterAFlushThatFailed_LeavesTheLogAsItIsUntilTheNextOpening()
    {
        _failure = new SqliteException("broken", raw.SQLITE_IOERR, SqliteDatabase.FlushFailed);
        while (_lines.Events.IsEmpty)
        {
            Commit();
        }

        _failure = null;
        for (var last = _writer.Log().Frames; last < 2 * Limits.Most;)
        {
            Assert.True(Commit() > last);
            last = _writer.Log().Frames;
        }

        Assert.Equal([LogKept], _lines.Events);
        Assert.Equal(0, _writer.Log().WrittenBack);
        var frames = _writer.Log().Frames;

        _writer.Dispose();
        Assert.True(File.Exists(LogPath));
        _writer = Open();
        Assert.Equal(new WalState(frames, 0), _writer.Log());
        Assert.Equal(_rows, Count(_writer));
        CloseAndAssertFolded();
    }

    [Fact]
    public async Task Dispose_WhileTheLogIsWrittenBack_WaitsAndLeavesNoLog()
    {
        _held.Reset();
        while (Commit() < Limits.Begin)
        {
        }

        Assert.True(_entered.Wait(Deadline));
        var closing = Task.Run(_writer.Dispose);
        Assert.False(closing.IsCompleted);
        _held.Set();
        await closing.WaitAsync(Deadline);

        CloseAndAssertFolded();
        AssertNothingFailed();
    }

    [Fact]
    public void Flush_OfAFileThatIsOpen_Succeeds()
    {
        Commit();
        using var other = SqliteDatabase.OpenCheckpointing(Path);

        other.WriteLogBack();
        other.Flush();

        Assert.Equal(0, _writer.Log().Rest);
    }

    private SqliteDatabase Open()
    {
        var writer = SqliteDatabase.OpenWriter(Path, durable: true, TimeSpan.Zero, 1);
        writer.WriteBackApart(
            () =>
            {
                _entered.Set();
                _held.Wait();
                return _failure is { } failure ? throw failure : SqliteDatabase.OpenCheckpointing(Path);
            },
            Limits,
            _lines,
            () => _failures++);
        return writer;
    }

    /// <summary>Adds a row, and returns how long the log is after the commit.</summary>
    private int Commit()
    {
        _writer.Execute("INSERT INTO t (b) VALUES (zeroblob(12000))");
        _rows++;
        var frames = _writer.Log().Frames;
        _writer.AfterCommit();
        return frames;
    }

    private bool StartsOverWithin(int pages)
    {
        var first = _writer.Log().Frames;
        for (var last = first; last <= first + pages;)
        {
            var frames = Commit();
            if (frames < last)
            {
                return true;
            }

            last = frames;
        }

        return false;
    }

    private static long Count(SqliteDatabase database) => database.Scalar("SELECT count(*) FROM t");

    private void AssertNothingFailed()
    {
        Assert.Equal(0, _failures);
        Assert.Empty(_lines.Events);
    }

    private void CloseAndAssertFolded()
    {
        _writer.Dispose();
        Assert.False(File.Exists(LogPath));
        _writer = Open();
        Assert.Equal(_rows, Count(_writer));
        Assert.Equal("ok", Check());
    }

    private string Check()
    {
        using var check = _writer.Prepare("PRAGMA integrity_check");
        return check.Step() ? check.Text(0) : "";
    }
}
