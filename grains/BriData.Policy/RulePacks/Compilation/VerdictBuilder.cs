using System.Collections.Immutable;
using BriData.Policy.Classification;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>Turns the bare result into a verdict with everything a person needs.</summary>
internal static class VerdictBuilder
{
    /// <summary>Identifier of the built-in rule that stands in when no rule of the pack is true.</summary>
    public const string NoRule = "platform.no-rule";

    /// <summary>Identifier of the built-in rule for a pack that says nothing on receiving.</summary>
    public const string ImporterDefault = "platform.importer-default";

    public static PackVerdict Build(PackEvaluator pack, PackEvaluation evaluation, DateOnly eventDate, EvaluationMode mode)
    {
        var binding = Binding(evaluation);
        var worst = Worst(binding);
        var trace = TraceBuilder.Build(pack, evaluation, eventDate, mode);
        return new PackVerdict
        {
            Outcome = worst?.Rule.Outcome ?? (trace.AsImporter ? RuleOutcome.OutOfScope : RuleOutcome.HumanReview),
            MayProceedNow = worst is null ? (trace.AsImporter && evaluation.Possible is null ? true : null) : MayProceed(evaluation, binding),
            Mechanisms = Mechanisms(binding, worst),
            Obligations = Obligations(evaluation),
            MissingFacts = MissingFacts(pack, evaluation, worst, eventDate, mode),
            Assumptions = trace.Assumptions,
            DecidingRule = worst?.Rule.Source.Id ?? (trace.AsImporter ? ImporterDefault : NoRule),
            Rules = trace.Rules,
        };
    }

    /// <summary>The verdict on a case whose audience is wider than its sharing mark allows: no law widens that boundary.</summary>
    public static PackVerdict Narrow(PackVerdict verdict) => verdict with
    {
        Outcome = RuleOutcome.Prohibited,
        MayProceedNow = false,
        Mechanisms = [],
        MissingFacts = [],
        DecidingRule = SharingBoundary.Rule,
        Rules = verdict.Rules.Add(new ConsultedRule(
            SharingBoundary.Rule, "platform", SharingBoundary.Citation, "matched", RuleOutcome.Prohibited.ToCode(), [FactNames.Tlp])),
    };

    /// <summary>Strictness of the strictest rule that binds; a pack without an answer counts as review by a person.</summary>
    public static int StrictnessOf(PackEvaluation evaluation) =>
        Worst(Binding(evaluation))?.Rule.Strictness ?? RuleOutcome.HumanReview.Strictness();

    /// <summary>
    /// The rules whose outcome must be reckoned with: the deciding one, those before it that may apply and ask for
    /// something, and overlays with an outcome.
    /// </summary>
    private static List<RuleHit> Binding(PackEvaluation evaluation)
    {
        var binding = new List<RuleHit>();
        if (evaluation.Decided is { } decided)
        {
            binding.Add(decided);
        }

        foreach (var hit in evaluation.Possible ?? [])
        {
            if (hit.Rule.Strictness > 0)
            {
                binding.Add(hit);
            }
        }

        foreach (var hit in evaluation.Overlays ?? [])
        {
            if (hit.Rule.Strictness > 0)
            {
                binding.Add(hit);
            }
        }

        return binding;
    }

    private static RuleHit? Worst(List<RuleHit> binding)
    {
        RuleHit? worst = null;
        foreach (var hit in binding)
        {
            if (worst is null || hit.Rule.Strictness > worst.Value.Rule.Strictness)
            {
                worst = hit;
            }
        }

        return worst;
    }

    private static bool? MayProceed(PackEvaluation evaluation, List<RuleHit> binding)
    {
        bool? result = true;
        var allRefuse = true;
        foreach (var hit in binding)
        {
            if (hit is { Certain: true, MayProceed: false })
            {
                return false;
            }

            allRefuse &= hit.MayProceed == false;
            result = hit.MayProceed == true ? result : null;
        }

        return evaluation.Decided is null && allRefuse && !HasPossibleExemption(evaluation) ? false : result;
    }

    private static bool HasPossibleExemption(PackEvaluation evaluation)
    {
        foreach (var hit in evaluation.Possible ?? [])
        {
            if (hit.Rule.Strictness == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static ImmutableArray<string> Mechanisms(List<RuleHit> binding, RuleHit? worst)
    {
        var codes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var hit in binding)
        {
            if (hit.Rule.Strictness == worst!.Value.Rule.Strictness)
            {
                codes.UnionWith(hit.Rule.Source.Mechanisms);
            }
        }

        return [.. codes];
    }

    /// <summary>Obligations of every rule that applies or may apply, exemptions that are not certain left out.</summary>
    public static ImmutableArray<string> Obligations(PackEvaluation evaluation)
    {
        var codes = new SortedSet<string>(StringComparer.Ordinal);
        Add(codes, evaluation);
        foreach (var flow in evaluation.OtherFlows ?? [])
        {
            Add(codes, flow);
        }

        return [.. codes];
    }

    private static void Add(SortedSet<string> codes, PackEvaluation evaluation)
    {
        foreach (var hit in Binding(evaluation))
        {
            codes.UnionWith(hit.Rule.Source.Obligations);
        }

        foreach (var hit in evaluation.Overlays ?? [])
        {
            codes.UnionWith(hit.Rule.Source.Obligations);
        }
    }

    private static ImmutableArray<string> MissingFacts(
        PackEvaluator pack, PackEvaluation evaluation, RuleHit? worst, DateOnly eventDate, EvaluationMode mode)
    {
        var missing = default(FactMask);
        MissingFactFinder.Collect(pack, evaluation, eventDate, mode, hit =>
            hit.Rule.Strictness > 0 || worst is null || worst.Value.Rule.Strictness > 0, ref missing);
        return missing.ToNames();
    }
}
