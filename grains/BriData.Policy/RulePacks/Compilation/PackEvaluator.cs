using System.Numerics;
using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>Reads a compiled pack against facts.</summary>
internal sealed class PackEvaluator
{
    private readonly ConditionProgram program;
    private readonly CompiledRule?[] rules;
    private readonly int baseWords;
    private readonly int words;
    private readonly RuleIndex index;
    private readonly (MechanismTerm Term, int UsableWhen)[] terms;

    private PackEvaluator(
        string jurisdiction,
        ConditionProgram program,
        CompiledRule?[] rules,
        int baseWords,
        RuleIndex index,
        (MechanismTerm Term, int UsableWhen)[] terms)
    {
        Jurisdiction = jurisdiction;
        this.terms = terms;
        this.program = program;
        this.rules = rules;
        this.baseWords = baseWords;
        this.index = index;
        words = (rules.Length + 63) / 64;
    }

    public string Jurisdiction { get; }

    public ConditionProgram Program => program;

    /// <summary>Base rules in order, then overlays; the gap between them holds nulls.</summary>
    public ReadOnlySpan<CompiledRule?> Rules => rules;

    public static PackEvaluator Build(RulePack pack)
    {
        var builder = new ProgramBuilder(pack.Calendar);
        var slots = new List<CompiledRule?>();
        AddRules(pack, RuleKind.Base, builder, slots);
        var baseWords = (slots.Count + 63) / 64;
        while (slots.Count < baseWords * 64)
        {
            slots.Add(null);
        }

        AddRules(pack, RuleKind.Overlay, builder, slots);
        var terms = pack.MechanismTerms
            .Where(term => term.UsableWhen is not null)
            .Select(term => (term, builder.Add(term.UsableWhen!)))
            .ToArray();
        var program = builder.Build();
        var index = new RuleIndexBuilder(program, slots).Build();
        return new PackEvaluator(pack.Jurisdiction, program, [.. slots], baseWords, index, terms);
    }

    public PackEvaluation Evaluate(FactSet facts, DateOnly eventDate, EvaluationMode mode) =>
        facts.Find(SlotIndexes.Flows) >= 0
            ? FlowJudge.Evaluate(this, facts, eventDate, mode)
            : EvaluateOne(facts, eventDate, mode);

    public PackEvaluation EvaluateOne(FactSet facts, DateOnly eventDate, EvaluationMode mode)
    {
        Span<FactSlot> slots = stackalloc FactSlot[FactCatalog.All.Length];
        SlotFiller.Fill(slots, facts, eventDate, mode);
        Span<int> rows = stackalloc int[RuleIndex.MaxFacts];
        rows = rows[..index.Select(slots, rows)];

        var evaluation = new PackEvaluation(facts);
        var asImporter = slots[SlotIndexes.PackRole].Low == SlotIndexes.Importer;
        ReadBase(evaluation, slots, rows, eventDate.DayNumber, asImporter);
        ReadOverlays(evaluation, slots, rows, eventDate.DayNumber, asImporter);
        return evaluation;
    }

    /// <summary>Whether the facts leave a mechanism on record usable.</summary>
    public bool IsUsable(string mechanism, FactSet facts, DateOnly eventDate)
    {
        if (terms.Length == 0)
        {
            return true;
        }

        Span<FactSlot> slots = stackalloc FactSlot[FactCatalog.All.Length];
        SlotFiller.Fill(slots, facts, eventDate, EvaluationMode.Transfer);
        foreach (var (term, usableWhen) in terms)
        {
            if (term.Mechanism == mechanism
                && term.IsInForce(eventDate)
                && program.Evaluate(usableWhen, slots, facts) == Truth.False)
            {
                return false;
            }
        }

        return true;
    }

    private static void AddRules(RulePack pack, RuleKind kind, ProgramBuilder builder, List<CompiledRule?> slots)
    {
        foreach (var rule in pack.Rules)
        {
            if (rule.Kind == kind)
            {
                var proceed = rule.MayProceedNow is { } condition ? builder.Add(condition) : CompiledRule.ByOutcome;
                slots.Add(new CompiledRule(rule, builder.Add(rule.When), proceed));
            }
        }
    }

    private void ReadBase(
        PackEvaluation evaluation, ReadOnlySpan<FactSlot> slots, ReadOnlySpan<int> rows, int day, bool asImporter)
    {
        for (var word = index.SkipEmpty(rows, 0, baseWords); word < baseWords; word = index.SkipEmpty(rows, word + 1, baseWords))
        {
            for (var bits = index.Word(rows, word); bits != 0; bits &= bits - 1)
            {
                if (RuleAt(word, bits) is not { } rule || !rule.IsInForce(day, asImporter))
                {
                    continue;
                }

                var truth = program.Evaluate(rule.When, slots, evaluation.Facts);
                if (truth == Truth.True)
                {
                    evaluation.Decided = Hit(rule, certain: true, slots, evaluation.Facts);
                    return;
                }

                if (truth == Truth.Unknown)
                {
                    (evaluation.Possible ??= []).Add(Hit(rule, certain: false, slots, evaluation.Facts));
                }
            }
        }
    }

    private void ReadOverlays(
        PackEvaluation evaluation, ReadOnlySpan<FactSlot> slots, ReadOnlySpan<int> rows, int day, bool asImporter)
    {
        for (var word = baseWords; word < words; word++)
        {
            for (var bits = index.Word(rows, word); bits != 0; bits &= bits - 1)
            {
                if (RuleAt(word, bits) is not { } rule || !rule.IsInForce(day, asImporter))
                {
                    continue;
                }

                var truth = program.Evaluate(rule.When, slots, evaluation.Facts);
                if (truth != Truth.False)
                {
                    (evaluation.Overlays ??= []).Add(Hit(rule, truth == Truth.True, slots, evaluation.Facts));
                }
            }
        }
    }

    private CompiledRule? RuleAt(int word, ulong bits)
    {
        var position = (word << 6) + BitOperations.TrailingZeroCount(bits);
        return position < rules.Length ? rules[position] : null;
    }

    private RuleHit Hit(CompiledRule rule, bool certain, ReadOnlySpan<FactSlot> slots, FactSet facts)
    {
        bool? proceed = rule.Outcome switch
        {
            RuleOutcome.Prohibited or RuleOutcome.PriorApprovalRequired or RuleOutcome.MechanismRequired => false,
            RuleOutcome.HumanReview => null,
            _ => true,
        };
        if (rule.MayProceed != CompiledRule.ByOutcome)
        {
            proceed = program.Evaluate(rule.MayProceed, slots, facts) switch
            {
                Truth.True => true,
                Truth.False => false,
                _ => null,
            };
        }

        return new RuleHit(rule, certain, proceed);
    }
}
