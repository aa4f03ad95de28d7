using System.Collections.Immutable;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>A rule ready for evaluation.</summary>
internal sealed class CompiledRule(Rule source, int when, int mayProceed)
{
    /// <summary>Value of <see cref="MayProceed"/> when the outcome alone tells.</summary>
    public const int ByOutcome = -1;

    public Rule Source { get; } = source;

    /// <summary>First node of the condition.</summary>
    public int When { get; } = when;

    /// <summary>First node of the condition under which the transfer may start, or <see cref="ByOutcome"/>.</summary>
    public int MayProceed { get; } = mayProceed;

    public string Citation { get; } = source.Citation.ToString();

    public string? OutcomeCode { get; } = source.Outcome?.ToCode();

    /// <summary>Outcome; an overlay that only adds obligations asks for nothing.</summary>
    public RuleOutcome Outcome { get; } = source.Outcome ?? RuleOutcome.OutOfScope;

    public int Strictness { get; } = source.Outcome?.Strictness() ?? 0;

    public int FirstDay { get; } = source.EffectiveFrom.DayNumber;

    public int LastDay { get; } = (source.EffectiveTo ?? DateOnly.MaxValue).DayNumber;

    public bool IsInForce(int day, bool asImporter) =>
        FirstDay <= day && day <= LastDay
        && (Source.Role == RuleRole.Both || Source.Role == RuleRole.Importer == asImporter);

    /// <summary>Whether the mechanism satisfies the rule.</summary>
    public bool Names(string code) => Holds(Source.Mechanisms, code) || Holds(Source.AlsoSatisfiedBy, code);

    private static bool Holds(ImmutableArray<string> codes, string code) =>
        codes.BinarySearch(code, StringComparer.Ordinal) >= 0;
}
