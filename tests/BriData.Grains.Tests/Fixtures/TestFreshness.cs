using BriData.Grains.Audit;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;

namespace BriData.Grains.Tests.Fixtures;

/// <summary>Projects on demand.</summary>
internal sealed class TestFreshness(ILedgerStore store, IAuditIndex index, ILedgerUpkeep upkeep) : IAuditFreshness
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>A ledger that the index cannot take in to its end; null for none.</summary>
    public LedgerId? Stalled { get; set; }

    public async Task<IReadOnlySet<LedgerId>> EnsureCurrentAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var stalled = (await new AuditProjector(store, index, upkeep).CatchUpAsync(cancellationToken)).Stalled.Keys.ToHashSet();
            if (Stalled is { } ledger)
            {
                stalled.Add(ledger);
            }

            return stalled;
        }
        finally
        {
            _turn.Release();
        }
    }
}
