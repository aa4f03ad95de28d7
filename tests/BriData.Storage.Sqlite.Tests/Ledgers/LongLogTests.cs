using System.Text;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Storage.Sqlite.Tests.Ledgers;

public sealed class LongLogTests : IAsyncDisposable
{
    private const int Batches = 120;

    private static readonly LedgerEntryDraft[] Large = [.. Enumerable.Repeat(new LedgerEntryDraft(Encoding.UTF8.GetBytes('"' + new string('a', 60_000) + '"')), 20)];

    // Locks are not waited for: what writing back needs must not be in the way of a commit.
    private readonly TestStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Append_WhileTheLogIsWrittenBackAndOthersRead_RefusesNothingAndLeavesNoLog()
    {
        using var commits = new CommitCounter(_store.Ledgers);
        var tree = LedgerTree.Empty(SampleLedger);
        using var over = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            for (var from = 0L; !over.IsCancellationRequested; from = (from + 10) % 500)
            {
                _ = await _store.Ledgers.ReadAsync(SampleLedger, from, from + 10).ToListAsync();
            }
        });
        for (var batch = 0; batch < Batches; batch++)
        {
            await _store.Ledgers.AppendAsync(tree, Large);
        }

        await over.CancelAsync();
        await reading;
        Assert.Empty(commits.Failures);
        Assert.Empty(commits.Others);

        await _store.ReopenAsync(static path => Assert.False(File.Exists(path + "-wal")));
        Assert.True((await LedgerVerifier.VerifyAsync(_store.Ledgers, SampleLedger, tree.Head)).Ok);
    }
}
