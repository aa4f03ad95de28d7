using System.Runtime.Intrinsics;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>
/// For each fact and each range of its values, the rules that this value alone does not rule out, as bits. Reading a
/// pack ANDs the bits of the known facts and looks only at what is left, so ten thousand rules cost some hundred
/// words. Built by asking the conditions themselves, so it cannot disagree with them.
/// </summary>
/// <param name="facts">The facts of the index, those that rule out most first.</param>
/// <param name="bits">The rows of all facts, one behind the other.</param>
/// <param name="words">Words of one row.</param>
internal sealed class RuleIndex(RuleIndex.IndexedFact[] facts, ulong[] bits, int words)
{
    /// <summary>Most facts an index uses.</summary>
    public const int MaxFacts = 128;

    /// <summary>Finds where the rows that apply to these slots begin; gives their number.</summary>
    public int Select(ReadOnlySpan<FactSlot> slots, Span<int> rows)
    {
        var count = 0;
        foreach (ref readonly var fact in facts.AsSpan())
        {
            ref readonly var slot = ref slots[fact.Fact];
            if (slot.IsExact && !(fact.ReadsAbsence && slot.State == SlotState.Assumed))
            {
                rows[count++] = fact.Start + (fact.CellOf(slot.Low) * words);
            }
        }

        return count;
    }

    /// <summary>
    /// The first word from here on, or <paramref name="end"/>, that the two rows which rule out most leave anything of.
    /// In a large pack these empty nearly every word, and four are asked at once.
    /// </summary>
    public int SkipEmpty(ReadOnlySpan<int> rows, int word, int end)
    {
        if (rows.Length < 2)
        {
            return word;
        }

        var first = bits.AsSpan(rows[0], words);
        var second = bits.AsSpan(rows[1], words);
        while (word + Vector256<ulong>.Count <= end
            && (Vector256.Create<ulong>(first[word..]) & Vector256.Create<ulong>(second[word..])) == Vector256<ulong>.Zero)
        {
            word += Vector256<ulong>.Count;
        }

        return word;
    }

    /// <summary>The rules of one word that no row rules out.</summary>
    public ulong Word(ReadOnlySpan<int> rows, int word)
    {
        var left = ulong.MaxValue;
        foreach (var row in rows)
        {
            left &= bits[row + word];
            if (left == 0)
            {
                break;
            }
        }

        return left;
    }

    /// <summary>One fact of the index.</summary>
    /// <param name="Fact">Slot of the fact.</param>
    /// <param name="Boundaries">Values at which a new range begins, ascending; one row of bits per range.</param>
    /// <param name="Start">Where the rows of the fact begin.</param>
    /// <param name="ReadsAbsence">True when some rule asks whether the fact was stated at all.</param>
    internal readonly record struct IndexedFact(int Fact, long[] Boundaries, int Start, bool ReadsAbsence)
    {
        public int CellOf(long value)
        {
            var at = Array.BinarySearch(Boundaries, value);
            return at >= 0 ? at + 1 : ~at;
        }
    }
}
