using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Ledgers;
using BriData.Storage.Sqlite.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Storage.Sqlite.Tests.Ledgers;

/// <summary>The mark cannot be written: what is committed is published all the same, and the mark catches up.</summary>
public sealed class MarkFailureTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly StorageInstruments _instruments = new(null);
    private readonly CommitCounter _counter;
    private readonly LedgerHeads _heads = new();
    private readonly LedgerMark _mark;
    private readonly GroupCommit _commit;
    private Exception? _failure;

    public MarkFailureTests()
    {
        _counter = new CommitCounter(_instruments);
        _mark = new LedgerMark(_directory.PathOf(LedgerMark.FileName), NullLogger.Instance, _instruments, (file, bytes, offset) =>
        {
            if (_failure is { } failure)
            {
                throw failure;
            }

            RandomAccess.Write(file, bytes, offset);
        });
        var file = new DatabaseFile(_directory.PathOf(LedgerFile.FileName), Durable: true, CacheMebibytes: 1, LedgerSchema.Version, LedgerSchema.Sql, "");
        _commit = new GroupCommit(file.OpenWriter(TimeSpan.Zero, static database => new LedgerTables(database)), _heads, _mark);
    }

    public void Dispose()
    {
        _commit.Dispose();
        _counter.Dispose();
        _instruments.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(UnauthorizedAccessException))]
    [InlineData(typeof(ObjectDisposedException))]
    public void Commit_MarkThatThrows_PublishesAndCatchesUpAtTheNextCommit(Type failure)
    {
        _failure = failure == typeof(ObjectDisposedException) ? new ObjectDisposedException("mark") : (Exception)Activator.CreateInstance(failure)!;
        var (one, two) = (LedgerTree.Empty(Numbered(1)), LedgerTree.Empty(Numbered(2)));

        Append(one, 3);
        Append(two, 4);

        Assert.Equal((3, 4), (Published(Numbered(1)), Published(Numbered(2))));
        Assert.Empty(_mark.Read());
        Assert.Equal(2, _counter.Others["bridata.storage.mark.failures"]);

        _failure = null;
        Append(two, 1);

        Assert.Equal([3L, 5L], _mark.Read().OrderBy(m => m.Key).Select(m => m.Value));
        Assert.Equal(2, _counter.Others["bridata.storage.mark.failures"]);
    }

    private void Append(LedgerTree tree, int count)
    {
        var batch = tree.Prepare(Drafts(tree.Head.Size, count));
        var request = new AppendRequest(batch);
        Assert.Null(_commit.Run([request]));
        Assert.Null(request.Refusal);
        tree.Commit(batch);
    }

    private long Published(LedgerId ledger) => _heads.TryGet(ledger, out var row) ? row.Size : 0;
}
