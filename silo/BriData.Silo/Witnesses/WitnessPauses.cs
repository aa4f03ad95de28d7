using System.Collections.Concurrent;
using BriData.Ledger;
using Microsoft.Extensions.Options;

namespace BriData.Silo.Witnesses;

/// <summary>
/// Who is not asked for a while: a witness that cannot be reached, for all ledgers; one that refuses a ledger, for that one.
/// </summary>
internal sealed class WitnessPauses(IOptions<WitnessOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Vkey, LedgerId Ledger), Pause> _pauses = new();

    public bool IsPaused(string vkey, LedgerId ledger) => IsPaused((vkey, default)) || IsPaused((vkey, ledger));

    /// <summary>It failed for whatever ledger.</summary>
    public void Extend(string vkey) => Extend((vkey, default(LedgerId)));

    /// <summary>It refused this ledger.</summary>
    public void Extend(string vkey, LedgerId ledger) => Extend((vkey, ledger));

    /// <summary>It answered as it should.</summary>
    public void End(string vkey, LedgerId ledger)
    {
        _pauses.TryRemove((vkey, default), out _);
        _pauses.TryRemove((vkey, ledger), out _);
    }

    private bool IsPaused((string, LedgerId) key) => _pauses.TryGetValue(key, out var pause) && time.GetUtcNow() < pause.Until;

    private void Extend((string, LedgerId) key)
    {
        var now = time.GetUtcNow();
        _pauses.AddOrUpdate(
            key,
            _ => new Pause(now + options.Value.Period, options.Value.Period),
            (_, pause) =>
            {
                // Requests for several ledgers that fail together are one failure.
                if (now < pause.Until)
                {
                    return pause;
                }

                var next = TimeSpan.FromTicks(Math.Min(2 * pause.Length.Ticks, options.Value.MaxPause.Ticks));
                return new Pause(now + next, next);
            });
    }

    private sealed record Pause(DateTimeOffset Until, TimeSpan Length);
}
