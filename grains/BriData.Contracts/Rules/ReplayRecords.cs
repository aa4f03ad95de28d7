using System.Collections.Immutable;

namespace BriData.Contracts.Rules;

/// <summary>One line of a report on decisions that were made again.</summary>
/// <param name="Kind">
/// <c>progress</c> every thousand decisions, <c>different</c> for a decision that came out otherwise, <c>unreadable</c> when a
/// ledger or document cannot be read (the report ends there), <c>summary</c> as the last line.
/// </param>
/// <param name="Ledger">The ledger the line is about; null in a summary over several.</param>
/// <param name="Decisions">Decisions made again so far.</param>
/// <param name="Different">Those that came out otherwise so far.</param>
/// <param name="Difference">The decision a <c>different</c> line is about.</param>
/// <param name="Detail">What is unreadable.</param>
[GenerateSerializer, Immutable, Alias("bridata.replay-line")]
public sealed record ReplayLine(
    [property: Id(0)] string Kind,
    [property: Id(1)] string? Ledger,
    [property: Id(2)] long Decisions,
    [property: Id(3)] long Different,
    [property: Id(4)] ReplayDifference? Difference = null,
    [property: Id(5)] string? Detail = null);

/// <param name="Transfer">Transfer identifier.</param>
/// <param name="Index">Index of the entry that holds the decision.</param>
/// <param name="Recorded">The decision as recorded.</param>
/// <param name="Now">The decision as made again.</param>
[GenerateSerializer, Immutable, Alias("bridata.replay-difference")]
public sealed record ReplayDifference(
    [property: Id(0)] string Transfer,
    [property: Id(1)] long Index,
    [property: Id(2)] DecisionDigest Recorded,
    [property: Id(3)] DecisionDigest Now);

/// <summary>What of a decision tells two of them apart for a person.</summary>
/// <param name="Outcome">Permit, PermitWithObligations, ApprovalRequired or Deny.</param>
/// <param name="Code">Stable reason code.</param>
/// <param name="Reason">One sentence in English.</param>
/// <param name="Rules">Identifiers of the rules that matched.</param>
/// <param name="Obligations">Obligation codes.</param>
[GenerateSerializer, Immutable, Alias("bridata.decision-digest")]
public sealed record DecisionDigest(
    [property: Id(0)] string Outcome,
    [property: Id(1)] string Code,
    [property: Id(2)] string Reason,
    [property: Id(3)] ImmutableArray<string> Rules,
    [property: Id(4)] ImmutableArray<string> Obligations);
