using BriData.Storage.Sqlite.Ledgers;

namespace BriData.Storage.Sqlite.Tests.Support;

/// <summary>Holds the writer inside a commit, so that a test decides what the next group is.</summary>
internal sealed class HoldRequest() : WriteRequest(default), IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _released = new();

    public override long Bytes => 0;

    public override int Entries => 0;

    public static async Task<HoldRequest> HoldAsync(SqliteLedgerStore store)
    {
        var hold = new HoldRequest();
        _ = store.File.WriteAsync(hold);
        await hold._reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return hold;
    }

    public void Release() => _released.Set();

    public void Dispose()
    {
        Release();
        Completion.Wait(TimeSpan.FromSeconds(30));
        _released.Dispose();
    }

    protected override RequestRefusal? TryWrite(LedgerTransaction transaction)
    {
        _reached.TrySetResult();
        _released.Wait();
        return null;
    }
}
