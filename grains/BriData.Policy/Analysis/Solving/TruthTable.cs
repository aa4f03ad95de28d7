using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Solving;

/// <summary>For each truth, the values of one variable that give it.</summary>
internal sealed class TruthTable(Variable variable, Func<int, Truth> truthOf)
{
    private readonly ulong[] whenFalse = variable.MaskOf(i => truthOf(i) == Truth.False);
    private readonly ulong[] whenUnknown = variable.MaskOf(i => truthOf(i) == Truth.Unknown);
    private readonly ulong[] whenTrue = variable.MaskOf(i => truthOf(i) == Truth.True);
    private readonly ulong[] atLeastUnknown = variable.MaskOf(i => truthOf(i) != Truth.False);
    private readonly ulong[] atMostUnknown = variable.MaskOf(i => truthOf(i) != Truth.True);

    public ulong[] Admitting(Want want) => (want.AtLeast, want.Level) switch
    {
        (true, Truth.True) => whenTrue,
        (true, _) => atLeastUnknown,
        (false, Truth.False) => whenFalse,
        _ => atMostUnknown,
    };

    public TruthRange Range(Domains domains)
    {
        var low = domains.Meets(variable, whenFalse) ? Truth.False : domains.Meets(variable, whenUnknown) ? Truth.Unknown : Truth.True;
        var high = domains.Meets(variable, whenTrue) ? Truth.True : domains.Meets(variable, whenUnknown) ? Truth.Unknown : Truth.False;
        return new TruthRange(low, high);
    }
}
