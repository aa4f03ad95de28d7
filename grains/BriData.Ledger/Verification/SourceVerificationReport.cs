using System.Collections.Immutable;
using BriData.Ledger.Notes;

namespace BriData.Ledger.Verification;

/// <summary>What the verification of a source found.</summary>
/// <param name="Location">Where it was read.</param>
/// <param name="Ledger">The ledger; null when that cannot be said.</param>
/// <param name="Checkpoint">The signed checkpoint; null when there is none that holds.</param>
/// <param name="Witnessed">Size up to which enough witnesses have cosigned; null when none were asked for, or too few have.</param>
/// <param name="Entries">Entries that were read and hash as their tiles say.</param>
/// <param name="Root">Root recomputed from those entries' bytes.</param>
/// <param name="Findings">What is wrong, in the order in which it was found; empty when nothing is.</param>
/// <param name="Unread">Why it could not be read to its end; null when it was.</param>
public sealed record SourceVerificationReport(
    string Location, LedgerId? Ledger, Checkpoint? Checkpoint, long? Witnessed, long Entries, Hash256 Root, ImmutableArray<LedgerFinding> Findings, string? Unread = null)
{
    public bool Ok => Findings.IsEmpty && Unread is null;
}
