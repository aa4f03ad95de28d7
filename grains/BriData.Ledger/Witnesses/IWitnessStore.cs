using System.Collections.Immutable;
using BriData.Ledger.Notes;

namespace BriData.Ledger.Witnesses;

/// <summary>What witnesses have said of one ledger.</summary>
/// <param name="Witnessed">The newest checkpoint that satisfied the ledger's policy when it was collected; null before the first.</param>
/// <param name="Latest">The newest checkpoint that was sent out, with the cosignatures it has so far.</param>
/// <param name="Sizes">Size that each witness holds, by vkey, as far as known.</param>
public sealed record WitnessedLedger(SignedNote? Witnessed, SignedNote? Latest, ImmutableSortedDictionary<string, long> Sizes)
{
    public static WitnessedLedger Nothing { get; } = new(null, null, ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal));
}

/// <summary>
/// Keeps what witnesses have said, over restarts. All of it can be collected again, so a crash may lose the last of it, and
/// never anything but the last. Safe for concurrent use; one writer per ledger at a time.
/// </summary>
public interface IWitnessStore
{
    /// <summary>What is known of a ledger; <see cref="WitnessedLedger.Nothing"/> when nothing is. From memory: it may be asked on every request.</summary>
    WitnessedLedger Get(LedgerId ledger);

    /// <summary>Replaces what is known of a ledger, whole or not at all.</summary>
    /// <exception cref="IOException">It could not be stored; what was known stays.</exception>
    Task PutAsync(LedgerId ledger, WitnessedLedger known);
}
