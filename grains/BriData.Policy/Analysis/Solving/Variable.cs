using System.Collections.Immutable;
using BriData.Policy.Facts;

namespace BriData.Policy.Analysis.Solving;

/// <summary>What a search varies: the value of a fact, or of a set one code.</summary>
/// <param name="index">Position among the variables.</param>
/// <param name="start">First word of the variable in <see cref="Domains"/>.</param>
/// <param name="fact">The fact.</param>
/// <param name="role">Which part of the fact.</param>
/// <param name="candidates">The values told apart.</param>
internal sealed class Variable(int index, int start, FactDefinition fact, VariableRole role, ImmutableArray<Candidate> candidates)
{
    public int Index { get; } = index;

    public int Start { get; } = start;

    public int Words { get; } = (candidates.Length + 63) / 64;

    public FactDefinition Fact { get; } = fact;

    public VariableRole Role { get; } = role;

    public ImmutableArray<Candidate> Candidates { get; } = candidates;

    /// <summary>The bits of the candidates that pass.</summary>
    public ulong[] MaskOf(Func<int, bool> passes)
    {
        var mask = new ulong[Words];
        for (var i = 0; i < Candidates.Length; i++)
        {
            if (passes(i))
            {
                mask[i >> 6] |= 1UL << (i & 63);
            }
        }

        return mask;
    }
}
