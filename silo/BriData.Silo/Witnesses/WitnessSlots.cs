using System.Collections.Concurrent;
using BriData.Ledger.Witnesses;
using Microsoft.Extensions.Options;

namespace BriData.Silo.Witnesses;

/// <summary>
/// How many ledgers are shown to one witness at a time. Each witness has a queue of its own, in the order of arrival: a slow one
/// holds up those that need it, and nobody else.
/// </summary>
internal sealed class WitnessSlots(IOptions<WitnessOptions> options)
{
    private readonly ConcurrentDictionary<(string Vkey, Uri Url), SemaphoreSlim> _free = new();

    /// <summary>Waits for a turn, which ends with the disposal.</summary>
    public async ValueTask<Slot> TakeAsync(Witness witness, CancellationToken cancellationToken)
    {
        var free = _free.GetOrAdd((witness.Key.VerifierKey, witness.Url), static (_, parallel) => new SemaphoreSlim(parallel), options.Value.Parallel);
        await free.WaitAsync(cancellationToken);
        return new Slot(free);
    }

    /// <summary>A turn.</summary>
    internal readonly struct Slot(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
