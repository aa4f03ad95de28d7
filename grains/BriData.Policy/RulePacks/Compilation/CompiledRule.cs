using System.Collections.Immutable;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>A rule ready for evaluation.</summary>
internal sealed class CompiledRule(Rule source, int when, int mayProceed)
{
    /// <summary>Value of <see cref="MayProceed"/> when the outcome alone tells.</summary>
    public const int ByOutcome = -1;

    private readonly RuleRole role = source.Role;
    private ConsultedRule?[]? ruledOutBy;

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
        && (role == RuleRole.Both || role == RuleRole.Importer == asImporter);

    /// <summary>
    /// The account of this rule when one fact alone ruled it out. Most rules of most accounts are such, so each is made
    /// once; making it twice does no harm.
    /// </summary>
    public ConsultedRule RuledOutBy(int fact, string jurisdiction)
    {
        var known = ruledOutBy ??= new ConsultedRule?[FactCatalog.All.Length];
        return known[fact] ??= new ConsultedRule(Source.Id, jurisdiction, Citation, "notMatched", null, [FactCatalog.All[fact].Name]);
    }

    /// <summary>Whether the mechanism satisfies the rule.</summary>
    public bool Names(string code) => Holds(Source.Mechanisms, code) || Holds(Source.AlsoSatisfiedBy, code);

    private static bool Holds(ImmutableArray<string> codes, string code) =>
        codes.BinarySearch(code, StringComparer.Ordinal) >= 0;
}
