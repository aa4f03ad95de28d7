using System.Collections.Immutable;
using System.Diagnostics;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Solving;

/// <summary>"All of" or "one of".</summary>
internal sealed class JunctionFormula(bool isAll, ImmutableArray<Formula> parts) : Formula
{
    /// <summary>True in every case.</summary>
    public static readonly Formula Always = All();

    public ImmutableArray<Formula> Parts => parts;

    public static JunctionFormula All(params ImmutableArray<Formula> parts) => new(true, parts);

    public static JunctionFormula Any(params ImmutableArray<Formula> parts) => new(false, parts);

    public override TruthRange Range(Domains domains)
    {
        var (low, high) = isAll ? (Truth.True, Truth.True) : (Truth.False, Truth.False);
        foreach (var part in parts)
        {
            var range = part.Range(domains);
            if (isAll)
            {
                low = range.Low < low ? range.Low : low;
                high = range.High < high ? range.High : high;
            }
            else
            {
                low = range.Low > low ? range.Low : low;
                high = range.High > high ? range.High : high;
            }

            if (isAll ? high == Truth.False : low == Truth.True)
            {
                return isAll ? new TruthRange(Truth.False, Truth.False) : new TruthRange(Truth.True, Truth.True);
            }
        }

        return new TruthRange(low, high);
    }

    public override bool Require(Domains domains, Want want) =>
        isAll == want.AtLeast ? RequireEach(domains, want) : RequireOne(domains, want);

    public override Branch Split(Domains domains, Want want)
    {
        foreach (var part in parts)
        {
            var range = part.Range(domains);
            if (!want.IsMetBy(range) && want.IsPossibleIn(range))
            {
                return part.Split(domains, want);
            }
        }

        throw new UnreachableException();
    }

    private bool RequireEach(Domains domains, Want want)
    {
        foreach (var part in parts)
        {
            if (!want.IsMetBy(part.Range(domains)) && !part.Require(domains, want))
            {
                return false;
            }
        }

        return true;
    }

    // Only where one part is left that can still do it, that part must.
    private bool RequireOne(Domains domains, Want want)
    {
        Formula? only = null;
        foreach (var part in parts)
        {
            var range = part.Range(domains);
            if (want.IsMetBy(range))
            {
                return true;
            }

            if (want.IsPossibleIn(range))
            {
                if (only is not null)
                {
                    return true;
                }

                only = part;
            }
        }

        return only is not null && only.Require(domains, want);
    }
}
