namespace BriData.Policy.RulePacks.Compilation;

/// <summary>
/// What is known of one fact: bounds of its comparable form. A stated fact has equal bounds; an unknown one is
/// unbounded, so that comparing bounds gives the three values without a special case.
/// </summary>
internal struct FactSlot
{
    public long Low;
    public long High;
    public SlotState State;

    /// <summary>True when somebody says that the fact is unknown; what a rule takes for absent does not stand in for it.</summary>
    public bool SaidUnknown;

    public static FactSlot Unknown => new() { Low = long.MinValue, High = long.MaxValue };

    public static FactSlot Exactly(long value, SlotState state) => new() { Low = value, High = value, State = state };

    /// <summary>True when the value is one known number.</summary>
    public readonly bool IsExact => State is not (SlotState.Unknown or SlotState.Open) && Low == High;
}
