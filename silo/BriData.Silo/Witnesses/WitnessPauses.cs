using System.Collections.Concurrent;
using BriData.Ledger;
using BriData.Ledger.Witnesses;
using Microsoft.Extensions.Options;

namespace BriData.Silo.Witnesses;

/// <summary>
/// Who is not asked for a while: a witness that cannot be reached, for all ledgers; one that refuses a ledger, for that one.
/// A witness is its key at one address: whoever names the key at another speaks for that address only.
/// </summary>
internal sealed class WitnessPauses(IOptions<WitnessOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Vkey, Uri Url, LedgerId Ledger), Pause> _pauses = new();

    public bool IsPaused(Witness witness, LedgerId ledger) => IsPaused(KeyOf(witness, default)) || IsPaused(KeyOf(witness, ledger));

    /// <summary>It failed for whatever ledger.</summary>
    public void Extend(Witness witness) => Extend(KeyOf(witness, default));

    /// <summary>It refused this ledger.</summary>
    public void Extend(Witness witness, LedgerId ledger) => Extend(KeyOf(witness, ledger));

    /// <summary>It answered as it should.</summary>
    public void End(Witness witness, LedgerId ledger)
    {
        _pauses.TryRemove(KeyOf(witness, default), out _);
        _pauses.TryRemove(KeyOf(witness, ledger), out _);
    }

    private static (string, Uri, LedgerId) KeyOf(Witness witness, LedgerId ledger) => (witness.Key.VerifierKey, witness.Url, ledger);

    private bool IsPaused((string, Uri, LedgerId) key) => _pauses.TryGetValue(key, out var pause) && time.GetUtcNow() < pause.Until;

    private void Extend((string, Uri, LedgerId) key)
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
