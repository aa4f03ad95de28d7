using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Solving;

/// <summary>A comparison that reads one variable.</summary>
internal sealed class ValueFormula(Variable variable, Func<int, Truth> truthOf) : Formula
{
    private readonly TruthTable table = new(variable, truthOf);

    public override TruthRange Range(Domains domains) => table.Range(domains);

    public override bool Require(Domains domains, Want want) => domains.Keep(variable, table.Admitting(want));

    public override Branch Split(Domains domains, Want want) => new(variable, table.Admitting(want));
}
