using System.Collections.Immutable;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Decisions;

/// <summary>
/// What one law asks of this transfer, and whether it is met. Every rule that may apply must be met as if it did; a
/// rule that exempts helps only when it certainly applies. A mechanism counts only when it is on record.
/// </summary>
internal sealed class LawJudgement(DecisionContext context, LawReading law, List<Denial> denials)
{
    private FactSlot[]? slots;

    public void Judge()
    {
        Judge(law.Evaluation);
        foreach (var flow in law.Evaluation.OtherFlows ?? [])
        {
            Judge(flow);
        }
    }

    private void Judge(PackEvaluation evaluation)
    {
        // Slots are filled anew only where a denial must name facts, and then once.
        slots = null;
        if (evaluation.Decided is { } decided)
        {
            Meet(evaluation, decided);
        }
        else
        {
            MeetSilence(evaluation);
        }

        foreach (var hit in evaluation.Possible ?? [])
        {
            if (hit.Rule.Strictness > 0)
            {
                Meet(evaluation, hit);
            }
        }

        foreach (var hit in evaluation.Overlays ?? [])
        {
            Meet(evaluation, hit);
        }
    }

    private void Meet(PackEvaluation evaluation, RuleHit hit)
    {
        context.Obligations.UnionWith(hit.Rule.Source.Obligations);
        switch (hit.Rule.Outcome)
        {
            case RuleOutcome.Prohibited:
                Refuse(evaluation, hit, hit.Certain && !MayBeExempt(evaluation, hit) ? DecisionCodes.ForbiddenByRule : DecisionCodes.FactMissing);
                break;
            case RuleOutcome.PriorApprovalRequired:
                MeetMechanism(evaluation, hit, DecisionCodes.PriorApprovalMissing);
                break;
            case RuleOutcome.MechanismRequired:
                MeetMechanism(evaluation, hit, DecisionCodes.MechanismMissing);
                break;
            case RuleOutcome.HumanReview:
                AskPerson(hit.Rule.Source.Id);
                break;
            default:
                context.Mechanisms.UnionWith(hit.Rule.Source.Mechanisms);
                if (hit is { Certain: true, MayProceed: false })
                {
                    Refuse(evaluation, hit, DecisionCodes.ForbiddenByRule);
                }
                else if (hit.MayProceed != true)
                {
                    AwaitFacts(evaluation, hit);
                }

                break;
        }
    }

    private void MeetMechanism(PackEvaluation evaluation, RuleHit hit, string code)
    {
        // A route on record that its own terms make unusable (expired, out of scope, refused) is no route, and one of which
        // nobody can tell is not relied on.
        var byRecord = hit.Rule.MayProceed == CompiledRule.ByOutcome;
        if ((byRecord || hit.MayProceed != false) && law.RecordFor(hit.Rule) is { } record)
        {
            context.Mechanisms.Add(record);
            if (!byRecord && hit.MayProceed is null)
            {
                AwaitFacts(evaluation, hit);
            }

            return;
        }

        context.Mechanisms.UnionWith(hit.Rule.Source.Mechanisms);
        foreach (var mechanism in hit.Rule.Source.Mechanisms)
        {
            context.AddMissing("mechanism", mechanism, "agreement");
        }

        Refuse(evaluation, hit, hit.Certain ? code : DecisionCodes.FactMissing);
    }

    private void Refuse(PackEvaluation evaluation, RuleHit hit, string code)
    {
        var detail = $"{string.Join(" or ", hit.Rule.Source.Mechanisms)} ({hit.Rule.Citation})".TrimStart();
        if (code == DecisionCodes.FactMissing)
        {
            detail = $"{string.Join(", ", AddMissingFacts(evaluation, hit))} ({hit.Rule.Citation})";
        }
        else if (code == DecisionCodes.ForbiddenByRule)
        {
            detail = hit.Rule.Citation;
        }

        var kind = code switch
        {
            DecisionCodes.ForbiddenByRule => DenialKind.Forbidden,
            DecisionCodes.FactMissing => DenialKind.Indeterminate,
            _ => DenialKind.NotPermitted,
        };
        denials.Add(new Denial(code, kind, detail));
    }

    // The law lets the transfer start under a condition that unknown facts leave open.
    private void AwaitFacts(PackEvaluation evaluation, RuleHit hit)
    {
        var names = NamesOf(evaluation, (IEnumerable<int>)[
            .. hit.Certain ? (int[])[] : [hit.Rule.When],
            .. hit.MayProceed is null ? (int[])[hit.Rule.MayProceed] : []]);
        AddMissing(names);
        denials.Add(new Denial(DecisionCodes.FactMissing, DenialKind.Indeterminate, $"{string.Join(", ", names)} ({hit.Rule.Citation})"));
    }

    private void MeetSilence(PackEvaluation evaluation)
    {
        if (evaluation.Possible is { } possible)
        {
            var names = MissingNames(evaluation);
            AddMissing(names);
            denials.Add(new Denial(DecisionCodes.FactMissing, DenialKind.Indeterminate, $"{string.Join(", ", names)} ({possible[0].Rule.Citation})"));
        }
        else if (law != context.ImporterLaw)
        {
            AskPerson(VerdictBuilder.NoRule);
        }
    }

    // "Otherwise refuse" at the end of a law decides for certain only once every way out before it is known not to apply.
    private static bool MayBeExempt(PackEvaluation evaluation, RuleHit hit)
    {
        if (!hit.Rule.Source.IsOtherwise)
        {
            return false;
        }

        foreach (var possible in evaluation.Possible ?? [])
        {
            if (possible.Rule.Strictness < hit.Rule.Strictness)
            {
                return true;
            }
        }

        return false;
    }

    private ImmutableArray<string> AddMissingFacts(PackEvaluation evaluation, RuleHit hit)
    {
        var names = hit.Certain ? MissingNames(evaluation) : NamesOf(evaluation, [hit.Rule.When]);
        AddMissing(names);
        return names;
    }

    private ImmutableArray<string> MissingNames(PackEvaluation evaluation) => NamesOf(evaluation, (evaluation.Possible ?? []).Select(hit => hit.Rule.When));

    private ImmutableArray<string> NamesOf(PackEvaluation evaluation, IEnumerable<int> conditions)
    {
        var pack = law.Pack.Evaluator;
        if (slots is null)
        {
            slots = new FactSlot[FactCatalog.All.Length];
            SlotFiller.Fill(slots, evaluation.Facts, context.Input.EventDate, EvaluationMode.Transfer);
        }

        var missing = default(FactMask);
        foreach (var condition in conditions)
        {
            Reasons.Of(pack.Program, condition, slots, evaluation.Facts, ref missing);
        }

        return Asked(missing.ToNames());
    }

    // A total is the platform's to know; what it lacks then is the number of persons in this transfer.
    private ImmutableArray<string> Asked(ImmutableArray<string> names)
    {
        var open = context.Input.Totals.Where(total => total.Added is null).Select(total => total.Fact).ToHashSet(StringComparer.Ordinal);
        return names.Any(open.Contains)
            ? [.. names.Where(name => !open.Contains(name)).Append(FactNames.Subjects).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            : names;
    }

    private void AddMissing(ImmutableArray<string> names)
    {
        foreach (var name in names)
        {
            context.AddMissing("fact", name, SourceCode(FactCatalog.Get(name).Source));
        }
    }

    private void AskPerson(string rule)
    {
        context.ReviewByPerson = true;
        context.Approvals.Add(new RequiredApproval(law.Party.Country, "approver", rule));
    }

    private static string SourceCode(FactSource source) => source switch
    {
        FactSource.Platform => "platform",
        FactSource.Exporter => "exporter",
        _ => "requester",
    };
}
