using System.Collections.Immutable;

namespace BriData.Contracts.Rules;

/// <summary>What the analysis of one rule pack says.</summary>
/// <param name="Jurisdiction">Jurisdiction of the pack.</param>
/// <param name="Version">Its version.</param>
/// <param name="Complete">False when a limit was reached: what is reported holds, but there may be more.</param>
/// <param name="Rules">Rules looked at.</param>
/// <param name="Findings">Faults, in the order of the rules.</param>
/// <param name="Notes">Overlaps that are as they should be.</param>
[GenerateSerializer, Immutable, Alias("bridata.rule-pack-analysis")]
public sealed record RulePackAnalysis(
    [property: Id(0)] string Jurisdiction,
    [property: Id(1)] string Version,
    [property: Id(2)] bool Complete,
    [property: Id(3)] int Rules,
    [property: Id(4)] ImmutableArray<RulePackFinding> Findings,
    [property: Id(5)] ImmutableArray<RulePackFinding> Notes);

/// <param name="Kind">Kind of the finding, in camel case, such as <c>neverMatches</c>, <c>overlap</c> or <c>uncovered</c>.</param>
/// <param name="Rules">The rules concerned, the one at fault first.</param>
/// <param name="Line">Line of the first rule in the source, counted from 1; 0 where there is none.</param>
/// <param name="Explanation">English text for the author.</param>
/// <param name="Example">A case that shows it; null where the finding is that no case exists.</param>
[GenerateSerializer, Immutable, Alias("bridata.rule-pack-finding")]
public sealed record RulePackFinding(
    [property: Id(0)] string Kind,
    [property: Id(1)] ImmutableArray<string> Rules,
    [property: Id(2)] int Line,
    [property: Id(3)] string Explanation,
    [property: Id(4)] RulePackExample? Example);

/// <summary>A case as <c>/v1/rules/evaluate</c> takes it, and what the pack answers.</summary>
/// <param name="EventDate">Day of the transfer.</param>
/// <param name="Facts">The stated facts.</param>
/// <param name="Outcome">Outcome code.</param>
/// <param name="MayProceedNow">Whether the transfer may start now; null when the facts do not tell.</param>
/// <param name="DecidingRule">The rule that decided.</param>
[GenerateSerializer, Immutable, Alias("bridata.rule-pack-example")]
public sealed record RulePackExample(
    [property: Id(0)] DateOnly EventDate,
    [property: Id(1)] JsonText Facts,
    [property: Id(2)] string Outcome,
    [property: Id(3)] bool? MayProceedNow,
    [property: Id(4)] string DecidingRule);
