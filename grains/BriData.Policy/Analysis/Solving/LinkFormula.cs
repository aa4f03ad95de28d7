using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Solving;

/// <summary>A comparison of one variable with another.</summary>
internal sealed class LinkFormula : Formula
{
    private readonly Variable left;
    private readonly Variable right;
    private readonly TruthTable[] rows;

    public LinkFormula(Variable left, Variable right, Func<int, int, Truth> truthOf)
    {
        this.left = left;
        this.right = right;
        rows = new TruthTable[left.Candidates.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var truths = new Truth[right.Candidates.Length];
            for (var j = 0; j < truths.Length; j++)
            {
                truths[j] = truthOf(i, j);
            }

            rows[i] = new TruthTable(right, j => truths[j]);
        }
    }

    public override TruthRange Range(Domains domains)
    {
        var (low, high) = (Truth.True, Truth.False);
        for (var i = 0; i < rows.Length; i++)
        {
            if (domains.Has(left, i))
            {
                var range = rows[i].Range(domains);
                low = range.Low < low ? range.Low : low;
                high = range.High > high ? range.High : high;
                if (low == Truth.False && high == Truth.True)
                {
                    break;
                }
            }
        }

        return new TruthRange(low, high);
    }

    // A value stays where the other variable has a partner for it.
    public override bool Require(Domains domains, Want want)
    {
        Span<ulong> lefts = stackalloc ulong[left.Words];
        Span<ulong> rights = stackalloc ulong[right.Words];
        for (var i = 0; i < rows.Length; i++)
        {
            var partners = rows[i].Admitting(want);
            if (domains.Has(left, i) && domains.Meets(right, partners))
            {
                lefts[i >> 6] |= 1UL << (i & 63);
                for (var word = 0; word < rights.Length; word++)
                {
                    rights[word] |= partners[word];
                }
            }
        }

        return domains.Keep(left, lefts) && domains.Keep(right, rights);
    }

    public override Branch Split(Domains domains, Want want)
    {
        var variable = domains.Count(left) >= domains.Count(right) ? left : right;
        var half = domains.Count(variable) / 2;
        return new Branch(variable, variable.MaskOf(i => domains.Has(variable, i) && half-- > 0));
    }
}
