using System.Collections.Immutable;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>
/// The account of an evaluation. A pack of a usual size is told in full, every rule in force up to the deciding one
/// with the facts that decided it; of a very large pack only the rules that apply or may apply are told.
/// </summary>
internal sealed class TraceBuilder
{
    /// <summary>Packs with more rules than this are told in short.</summary>
    public const int MaxRulesToldInFull = 256;

    private readonly PackEvaluator pack;
    private readonly ImmutableArray<ConsultedRule>.Builder rules = ImmutableArray.CreateBuilder<ConsultedRule>();
    private readonly string source;
    private FactMask read;

    private TraceBuilder(PackEvaluator pack, string source)
    {
        this.pack = pack;
        this.source = source;
    }

    internal sealed record Trace(ImmutableArray<ConsultedRule> Rules, ImmutableArray<string> Assumptions, bool AsImporter);

    public static Trace Build(PackEvaluator pack, PackEvaluation evaluation, DateOnly eventDate, EvaluationMode mode)
    {
        Span<FactSlot> slots = stackalloc FactSlot[FactCatalog.All.Length];
        SlotFiller.Fill(slots, evaluation.Facts, eventDate, mode);
        var asImporter = slots[SlotIndexes.PackRole].Low == SlotIndexes.Importer;
        var builder = new TraceBuilder(pack, pack.Jurisdiction);
        if (pack.Rules.Length <= MaxRulesToldInFull)
        {
            builder.TellInFull(evaluation, slots, eventDate.DayNumber, asImporter);
        }
        else
        {
            builder.TellInShort(evaluation, slots);
        }

        if (evaluation.Decided is null)
        {
            builder.TellDefault(evaluation, asImporter);
        }

        var assumptions = builder.TellAssumptions(slots);
        return new Trace(builder.rules.ToImmutable(), assumptions, asImporter);
    }

    private void TellInFull(PackEvaluation evaluation, ReadOnlySpan<FactSlot> slots, int day, bool asImporter)
    {
        var decided = false;
        foreach (var rule in pack.Rules)
        {
            var isOverlay = rule?.Source.Kind == RuleKind.Overlay;
            if (rule is not null && (isOverlay || !decided) && rule.IsInForce(day, asImporter))
            {
                decided |= Tell(rule, evaluation, slots) == Truth.True && !isOverlay;
            }
        }
    }

    private void TellInShort(PackEvaluation evaluation, ReadOnlySpan<FactSlot> slots)
    {
        foreach (var hit in evaluation.Possible ?? [])
        {
            Tell(hit.Rule, evaluation, slots);
        }

        if (evaluation.Decided is { } decided)
        {
            Tell(decided.Rule, evaluation, slots);
        }

        foreach (var hit in evaluation.Overlays ?? [])
        {
            Tell(hit.Rule, evaluation, slots);
        }
    }

    private Truth Tell(CompiledRule rule, PackEvaluation evaluation, ReadOnlySpan<FactSlot> slots)
    {
        var reasons = default(FactMask);
        var truth = Reasons.Of(pack.Program, rule.When, slots, evaluation.Facts, ref reasons);
        read.Add(reasons);
        if (truth == Truth.False && reasons.Single() is >= 0 and var fact)
        {
            rules.Add(rule.RuledOutBy(fact, source));
            return truth;
        }

        rules.Add(new ConsultedRule(
            rule.Source.Id,
            source,
            rule.Citation,
            truth switch { Truth.True => "matched", Truth.False => "notMatched", _ => "unknown" },
            truth == Truth.True ? rule.OutcomeCode : null,
            reasons.ToNames()));
        return truth;
    }

    private void TellDefault(PackEvaluation evaluation, bool asImporter)
    {
        if (asImporter)
        {
            rules.Add(new ConsultedRule(VerdictBuilder.ImporterDefault, "platform", "", "matched", RuleOutcome.OutOfScope.ToCode(), [FactNames.PackRole]));
        }
        else if (evaluation.Possible is null)
        {
            rules.Add(new ConsultedRule(VerdictBuilder.NoRule, "platform", "", "matched", RuleOutcome.HumanReview.ToCode(), []));
        }
    }

    private ImmutableArray<string> TellAssumptions(ReadOnlySpan<FactSlot> slots)
    {
        var assumed = default(FactMask);
        foreach (var fact in FactCatalog.All)
        {
            if (read.Has(fact.Index) && slots[fact.Index].State == SlotState.Assumed && fact.Index != SlotIndexes.PackRole)
            {
                assumed.Add(fact.Index);
            }
        }

        var names = assumed.ToNames();
        if (!names.IsEmpty)
        {
            rules.Add(new ConsultedRule("platform.assumed-absent", "platform", "", "matched", null, names));
        }

        return names;
    }
}
