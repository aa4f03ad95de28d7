using System.Collections.Immutable;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.RulePacks.Reading;

/// <summary>Reads one rule.</summary>
internal sealed class RuleReader(ReadingErrors errors, ConditionReader conditions)
{
    private static readonly string[] Keys =
    [
        "id", "citation", "certainty", "lastChecked", "effectiveFrom", "effectiveTo", "kind", "role", "when", "outcome",
        "mayProceedNow", "mechanisms", "alsoSatisfiedBy", "obligations", "excludes", "countsTowardTotals", "otherwise",
        "exception", "texts",
    ];

    /// <summary>Nodes of all conditions read so far.</summary>
    public long Nodes { get; private set; }

    public Rule? Read(YamlItem item, DateOnly packLastChecked)
    {
        if (MapReader.Open(item, errors, Keys) is not { } map)
        {
            return null;
        }

        var rule = new Rule
        {
            Id = Identifier(map),
            Citation = Citation(map.Required("citation"), errors),
            Certainty = Certainty(map),
            LastChecked = map.OptionalDate("lastChecked") ?? packLastChecked,
            EffectiveFrom = map.Date("effectiveFrom"),
            EffectiveTo = map.OptionalDate("effectiveTo"),
            Kind = Choice(map, "kind", RuleKind.Base),
            Role = Choice(map, "role", RuleRole.Exporter),
            When = map.Required("when") is { } when ? Condition(when) : new AlwaysCondition(),
            Outcome = Outcome(map.Optional("outcome"), errors),
            MayProceedNow = map.Optional("mayProceedNow") is { } proceed ? MayProceed(proceed) : null,
            Mechanisms = Mechanisms(map, "mechanisms"),
            AlsoSatisfiedBy = Mechanisms(map, "alsoSatisfiedBy"),
            Obligations = map.Codes("obligations", Vocabulary.IsObligation, "unknown_obligation", "an obligation of the vocabulary"),
            Excludes = map.Codes("excludes", Vocabulary.IsObligation, "unknown_obligation", "an obligation of the vocabulary"),
            CountsTowardTotals = map.Flag("countsTowardTotals", otherwise: true),
            IsOtherwise = map.Flag("otherwise", otherwise: false),
            IsException = map.Flag("exception", otherwise: false),
            Texts = map.Texts("texts"),
            Line = item.Line,
        };
        Check(map, rule);
        return rule;
    }

    public static RuleCitation Citation(YamlItem? item, ReadingErrors errors)
    {
        if (item is null || MapReader.Open(item, errors, ["law", "article"]) is not { } map)
        {
            return new RuleCitation("", "");
        }

        return new RuleCitation(map.Text("law"), map.Optional("article") is { } article ? map.TextOf(article) : "");
    }

    public static RuleOutcome? Outcome(YamlItem? item, ReadingErrors errors)
    {
        if (item is null)
        {
            return null;
        }

        if (item is YamlScalar code && RuleOutcomes.TryParse(code.Value, out var outcome))
        {
            return outcome;
        }

        errors.Add(item, "unknown_outcome", $"'{MapReader.Shown(item)}' is not an outcome.");
        return null;
    }

    private void Check(MapReader map, Rule rule)
    {
        if (rule.EffectiveTo < rule.EffectiveFrom)
        {
            errors.Add(map.Required("effectiveTo")!, "bad_dates", "The last day is before the first.");
        }

        if (rule.Kind == RuleKind.Base && rule.Outcome is null && map.Optional("outcome") is null)
        {
            errors.Add(map.Map, "missing_key", "A base rule needs an 'outcome'.");
        }

        // An overlay that lets data pass would change nothing today and mislead whoever reads it.
        if (rule is { Kind: RuleKind.Overlay, Outcome: { } outcome } && outcome.IsPermissive())
        {
            errors.Add(map.Required("outcome")!, "overlay_loosens", "An overlay may only tighten; this outcome does not.");
        }

        if (rule is { Kind: RuleKind.Overlay, IsException: true })
        {
            errors.Add(map.Required("exception")!, "overlay_loosens", "An overlay may only tighten, so it is no exception to other rules.");
        }

        if (rule.Outcome?.IsPermissive() == true && map.Optional("mayProceedNow") is YamlScalar { Value: "unknown" } unknown)
        {
            errors.Add(unknown, "unknown_value", "An outcome that lets data pass leaves no doubt about it; use HUMAN_REVIEW, or state the condition.");
        }

        if (rule.Outcome is RuleOutcome.MechanismRequired or RuleOutcome.PriorApprovalRequired && rule.Mechanisms.IsEmpty)
        {
            errors.Add(map.Map, "missing_mechanism", "A rule that asks for a mechanism or an approval must name one in 'mechanisms'.");
        }
    }

    private string Identifier(MapReader map)
    {
        var id = map.Text("id");
        if (id.Length > 0 && !Identifiers.IsRuleId(id))
        {
            errors.Add(map.Required("id")!, "bad_identifier", "An identifier has lower-case letters, digits, dots and dashes.");
        }

        return id;
    }

    private string Certainty(MapReader map)
    {
        var certainty = map.Text("certainty");
        if (certainty.Length > 0 && certainty is not [('P' or 'S' or 'K'), ('+' or '~' or '-')])
        {
            errors.Add(map.Required("certainty")!, "bad_certainty", "Certainty is P, S or K followed by +, ~ or -.");
        }

        return certainty;
    }

    private static ImmutableArray<string> Mechanisms(MapReader map, string key) =>
        map.Codes(key, Vocabulary.IsMechanism, "unknown_mechanism", "a mechanism of the vocabulary");

    private T Choice<T>(MapReader map, string key, T otherwise)
        where T : struct, Enum
    {
        if (map.Optional(key) is not { } item)
        {
            return otherwise;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (item is YamlScalar scalar && scalar.Value.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase) && scalar.Value != value.ToString())
            {
                return value;
            }
        }

        errors.Add(item, "unknown_value", $"'{MapReader.Shown(item)}' is not a value of '{key}'.");
        return otherwise;
    }

    private Condition Condition(YamlItem item)
    {
        var condition = conditions.Read(item);
        Nodes += conditions.LastNodes;
        return condition;
    }

    private Condition? MayProceed(YamlItem item) => YamlValues.AsBoolean(item) switch
    {
        true => new AlwaysCondition(),
        false => new NotCondition(new AlwaysCondition()),
        null => item is YamlScalar { Value: "unknown" } ? null : Condition(item),
    };
}
