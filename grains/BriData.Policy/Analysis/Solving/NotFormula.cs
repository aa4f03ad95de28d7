using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Solving;

/// <summary>True when the part is false.</summary>
internal sealed class NotFormula(Formula part) : Formula
{
    public override TruthRange Range(Domains domains)
    {
        var range = part.Range(domains);
        return new TruthRange(Truth.True - (byte)range.High, Truth.True - (byte)range.Low);
    }

    public override bool Require(Domains domains, Want want) => part.Require(domains, want.Turned);

    public override Branch Split(Domains domains, Want want) => part.Split(domains, want.Turned);
}
