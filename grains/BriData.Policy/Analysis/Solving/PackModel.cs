using System.Collections.Immutable;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Compilation;
using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.Analysis.Solving;

/// <summary>A pack as formulas over its fact space.</summary>
internal sealed class PackModel
{
    private readonly ProgramBuilder conditions;
    private readonly FormulaBuilder formulas;

    private PackModel(CompiledRulePack pack, AnalysisLimits limits, CancellationToken cancellation)
    {
        Pack = pack;
        var source = pack.Pack;
        conditions = new ProgramBuilder(source.Calendar);
        var rules = source.Rules.Select(rule => (
            Rule: rule,
            InForce: conditions.Add(InForce(rule.Role, rule.EffectiveFrom, rule.EffectiveTo)),
            When: conditions.Add(rule.When),
            MayProceed: rule.MayProceedNow is { } proceed ? conditions.Add(proceed) : -1)).ToList();
        var terms = source.MechanismTerms.Where(term => term.UsableWhen is not null)
            .Select(term => (Term: term, Usable: conditions.Add(new AllCondition([InForce(RuleRole.Both, term.EffectiveFrom, term.EffectiveTo), term.UsableWhen!]))))
            .ToList();
        FirstDay = source.Rules.Where(rule => rule is { Kind: RuleKind.Base, Role: not RuleRole.Importer })
            .Select(rule => rule.EffectiveFrom).DefaultIfEmpty(DateOnly.MaxValue).Min();
        var onTheExportersSide = conditions.Add(InForce(RuleRole.Exporter, FirstDay, null));

        var packNodes = conditions.Build().Nodes.Length;
        var always = Consistency.Of(new FactReadings(conditions.Build(), packNodes)).Select(conditions.Add).ToList();
        Program = conditions.Build();
        var readings = new FactReadings(Program, packNodes);
        var earliest = source.Rules.Select(rule => rule.EffectiveFrom).Concat(source.MechanismTerms.Select(term => term.EffectiveFrom))
            .DefaultIfEmpty(source.LastChecked).Min();
        var space = new SpaceBuilder(Program, readings, earliest, limits.ValuesPerFact, cancellation);
        formulas = new FormulaBuilder(Program, space, cancellation);

        Rules = [.. rules.Select(rule => new RuleModel(
            rule.Rule, rule.When, formulas.Build(rule.InForce), formulas.Build(rule.When), rule.MayProceed < 0 ? null : formulas.Build(rule.MayProceed)))];
        Terms = [.. terms.Select(term => new TermModel(term.Term, formulas.Build(term.Usable)))];
        OnTheExportersSide = formulas.Build(onTheExportersSide);
        Space = new FactSpace(
            space.Variables, Domains.Full(space.Variables), [.. always.Select(at => new Goal(formulas.Build(at), Want.NotFalse))], space.IsCut);
        Facts = readings.Facts;
    }

    public CompiledRulePack Pack { get; }

    public ConditionProgram Program { get; }

    public FactSpace Space { get; }

    public ImmutableArray<FactDefinition> Facts { get; }

    /// <summary>The rules in the order of the document.</summary>
    public ImmutableArray<RuleModel> Rules { get; }

    public ImmutableArray<TermModel> Terms { get; }

    /// <summary>First day of a base rule of the exporter's side.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>The pack judges for the exporter, on or after the first day.</summary>
    public Formula OnTheExportersSide { get; }

    /// <summary>The variable of the day.</summary>
    public Variable Day => Space.Variables.First(variable => variable.Fact.Index == SlotIndexes.EventDate);

    /// <summary>Prepares a pack.</summary>
    /// <exception cref="OperationCanceledException">The analysis was cancelled.</exception>
    public static PackModel Build(CompiledRulePack pack, AnalysisLimits limits, CancellationToken cancellation) => new(pack, limits, cancellation);

    /// <summary>Whether the condition of a rule reads the day, its dates aside.</summary>
    public bool ReadsDay(RuleModel rule)
    {
        var nodes = Program.Nodes;
        foreach (ref readonly var node in nodes[rule.Condition..nodes[rule.Condition].End])
        {
            if (node.Kind >= NodeKind.Known
                && (node.Fact == SlotIndexes.EventDate || (node.Kind >= NodeKind.AtLeastFact && node.OtherFact == SlotIndexes.EventDate)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A formula that holds while every given variable stays within a region.</summary>
    public static JunctionFormula Within(IEnumerable<Variable> variables, Domains region) =>
        JunctionFormula.All([.. variables.Select(variable =>
            new ValueFormula(variable, i => region.Has(variable, i) ? Truth.True : Truth.False))]);

    private static AllCondition InForce(RuleRole role, DateOnly from, DateOnly? to)
    {
        var day = FactCatalog.Get(FactNames.EventDate);
        var parts = new List<Condition> { Literal(day, ComparisonOperator.Gte, FactValue.Of(from)) };
        if (to is { } last)
        {
            parts.Add(Literal(day, ComparisonOperator.Lte, FactValue.Of(last)));
        }

        if (role != RuleRole.Both)
        {
            parts.Add(Literal(FactCatalog.Get(FactNames.PackRole), ComparisonOperator.Eq, FactValue.Of(role.ToString())));
        }

        return new AllCondition([.. parts]);
    }

    private static ComparisonCondition Literal(FactDefinition fact, ComparisonOperator comparison, FactValue value) =>
        new(fact, comparison, new LiteralOperand([value]), null);
}
