using BriData.Grains.Audit;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;

namespace BriData.Grains.Tests.Fixtures;

/// <summary>Projects on demand.</summary>
internal sealed class TestFreshness(ILedgerStore store, IAuditIndex index) : IAuditFreshness
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>What the index fails with; null while it keeps up.</summary>
    public Exception? Trouble { get; set; }

    public async Task EnsureCurrentAsync(CancellationToken cancellationToken = default)
    {
        if (Trouble is { } trouble)
        {
            throw trouble;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            await new AuditProjector(store, index).CatchUpAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
