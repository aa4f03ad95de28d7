using System.Collections.Concurrent;

namespace BriData.Ledger.Witnesses;

/// <summary>What witnesses have said, in this process's memory, for tests and trials.</summary>
public sealed class InMemoryWitnessStore : IWitnessStore
{
    private readonly ConcurrentDictionary<LedgerId, WitnessedLedger> _known = new();

    /// <inheritdoc/>
    public WitnessedLedger Get(LedgerId ledger) => _known.GetValueOrDefault(ledger, WitnessedLedger.Nothing);

    /// <inheritdoc/>
    public Task PutAsync(LedgerId ledger, WitnessedLedger known)
    {
        ArgumentNullException.ThrowIfNull(known);
        _known[ledger] = known;
        return Task.CompletedTask;
    }
}
