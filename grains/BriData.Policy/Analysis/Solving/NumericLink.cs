using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Compilation;
using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.Analysis.Solving;

/// <summary>A comparison of a fact with another fact moved by an offset, as a map between their values.</summary>
internal readonly record struct NumericLink(int Fact, int Other, long Offset, OffsetUnit Unit, int Shift, bool IsEquality, WorkingCalendar Calendar)
{
    public static NumericLink Of(in Node node, WorkingCalendar calendar) =>
        new(node.Fact, node.OtherFact, node.A, node.Unit, node.Operand, node.Kind == NodeKind.EqualFact, calendar);

    /// <summary>Most days by which the offset can move a date.</summary>
    public long Reach => Unit switch
    {
        OffsetUnit.None => 0,
        OffsetUnit.Days => Math.Abs(Offset),

        // At worst there is one working day in a week, and every holiday takes one of them.
        OffsetUnit.WorkingDays => 7 * (Math.Abs(Offset) + Calendar.Holidays.Length + 1),
        OffsetUnit.Months => Math.Abs(Offset) * 31,
        _ => Math.Abs(Offset) * 366,
    };

    /// <summary>The lower bounds that a value of the other fact can set for this one.</summary>
    public IEnumerable<long> Forward(long other)
    {
        var least = DateOffsets.Add(other, Offset, Unit, Calendar) + Shift;
        return IsEquality ? [least, least + 1] : [least];
    }

    /// <summary>The lower bounds that a value of this fact can set for the other one.</summary>
    public IEnumerable<long> Backward(long value)
    {
        var above = Least(value - Shift + 1);
        return IsEquality ? [Least(value - Shift), above] : [above];
    }

    // The least value that the offset moves to the target or past it; offsets never change the order of two days.
    private long Least(long target)
    {
        if (Unit == OffsetUnit.None)
        {
            return target;
        }

        long low = DateOnly.MinValue.DayNumber, high = (long)DateOnly.MaxValue.DayNumber + 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = DateOffsets.Add(middle, Offset, Unit, Calendar) >= target ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
