using System.Numerics;

namespace BriData.Policy.Analysis.Solving;

/// <summary>The values that each variable may still take, as bits.</summary>
internal sealed class Domains(ulong[] bits)
{
    /// <summary>Set by whoever narrows a domain; reset by who watches.</summary>
    public bool Changed { get; set; }

    public static Domains Full(IReadOnlyList<Variable> variables)
    {
        var full = new Domains(new ulong[variables.Sum(variable => variable.Words)]);
        foreach (var variable in variables)
        {
            variable.MaskOf(static _ => true).CopyTo(full.Of(variable));
        }

        return full;
    }

    public Span<ulong> Of(Variable variable) => bits.AsSpan(variable.Start, variable.Words);

    public Domains Clone() => new(bits.AsSpan().ToArray());

    public bool Meets(Variable variable, ReadOnlySpan<ulong> mask)
    {
        var own = Of(variable);
        for (var i = 0; i < own.Length; i++)
        {
            if ((own[i] & mask[i]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Keeps the values of the mask; false when none is left.</summary>
    public bool Keep(Variable variable, ReadOnlySpan<ulong> mask)
    {
        var own = Of(variable);
        var left = 0UL;
        for (var i = 0; i < own.Length; i++)
        {
            var kept = own[i] & mask[i];
            Changed |= kept != own[i];
            own[i] = kept;
            left |= kept;
        }

        return left != 0;
    }

    /// <summary>Takes the values of the mask away; false when none is left.</summary>
    public bool Remove(Variable variable, ReadOnlySpan<ulong> mask)
    {
        Span<ulong> others = stackalloc ulong[variable.Words];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = ~mask[i];
        }

        return Keep(variable, others);
    }

    public int Count(Variable variable)
    {
        var count = 0;
        foreach (var word in Of(variable))
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    public bool Has(Variable variable, int candidate) => (Of(variable)[candidate >> 6] & (1UL << (candidate & 63))) != 0;

    public void Add(Variable variable, int candidate) => Of(variable)[candidate >> 6] |= 1UL << (candidate & 63);

    /// <summary>The first value left.</summary>
    public int First(Variable variable)
    {
        var own = Of(variable);
        for (var i = 0; i < own.Length; i++)
        {
            if (own[i] != 0)
            {
                return (i << 6) + BitOperations.TrailingZeroCount(own[i]);
            }
        }

        return -1;
    }

    /// <summary>True when every variable has a value that both allow.</summary>
    public bool Meets(Domains other, IReadOnlyList<Variable> variables)
    {
        foreach (var variable in variables)
        {
            if (!Meets(variable, other.Of(variable)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One case: the first value of each variable.</summary>
    public Domains FirstOf(IReadOnlyList<Variable> variables)
    {
        var point = new Domains(new ulong[bits.Length]);
        foreach (var variable in variables)
        {
            point.Add(variable, First(variable));
        }

        return point;
    }
}
