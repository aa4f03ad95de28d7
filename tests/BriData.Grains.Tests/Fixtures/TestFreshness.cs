using BriData.Grains.Audit;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;

namespace BriData.Grains.Tests.Fixtures;

/// <summary>Projects on demand.</summary>
internal sealed class TestFreshness(ILedgerStore store, IAuditIndex index) : IAuditFreshness
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<IReadOnlySet<LedgerId>> EnsureCurrentAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return (await new AuditProjector(store, index).CatchUpAsync(cancellationToken)).Stalled.Keys.ToHashSet();
        }
        finally
        {
            _turn.Release();
        }
    }
}
