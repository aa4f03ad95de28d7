using System.Collections.Immutable;
using BriData.Contracts.Audit;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;

namespace BriData.Grains.Audit;

/// <summary>An export that is on record and may be read.</summary>
/// <param name="Who">Who asked for it.</param>
/// <param name="At">When.</param>
/// <param name="Query">What is looked for.</param>
/// <param name="Question">The same as it was asked.</param>
/// <param name="Format">What is made.</param>
/// <param name="Heads">Up to where each ledger counts.</param>
/// <param name="Start">Index of the entry that recorded it.</param>
internal sealed record ExportPlan(
    CallerIdentity Who,
    DateTimeOffset At,
    AuditQuery Query,
    ImmutableArray<AccessCondition> Question,
    ExportFormat Format,
    IReadOnlyDictionary<LedgerId, LedgerHead> Heads,
    long Start);
