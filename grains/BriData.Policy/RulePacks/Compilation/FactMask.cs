using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>A set of facts as bits over the catalogue.</summary>
internal struct FactMask
{
    private Words words;

    public readonly bool IsEmpty => (words[0] | words[1] | words[2] | words[3]) == 0;

    public void Add(int fact) => words[fact >> 6] |= 1UL << (fact & 63);

    public readonly bool Has(int fact) => (words[fact >> 6] & (1UL << (fact & 63))) != 0;

    public void Add(in FactMask other)
    {
        for (var i = 0; i < Words.Length; i++)
        {
            words[i] |= other.words[i];
        }
    }

    /// <summary>The only fact of the set, or -1.</summary>
    public readonly int Single()
    {
        var single = -1;
        for (var i = 0; i < Words.Length; i++)
        {
            if (words[i] != 0)
            {
                if (single >= 0 || (words[i] & (words[i] - 1)) != 0)
                {
                    return -1;
                }

                single = (i << 6) + BitOperations.TrailingZeroCount(words[i]);
            }
        }

        return single;
    }

    /// <summary>The names in catalogue order, which is ordinal order.</summary>
    public readonly ImmutableArray<string> ToNames()
    {
        var count = 0;
        for (var i = 0; i < Words.Length; i++)
        {
            count += BitOperations.PopCount(words[i]);
        }

        if (count == 0)
        {
            return [];
        }

        var names = new string[count];
        var at = 0;
        for (var i = 0; i < Words.Length; i++)
        {
            for (var word = words[i]; word != 0; word &= word - 1)
            {
                names[at++] = FactCatalog.All[(i << 6) + BitOperations.TrailingZeroCount(word)].Name;
            }
        }

        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(names);
    }

    [InlineArray(Length)]
    private struct Words
    {
        public const int Length = 4;

        private ulong first;
    }
}
