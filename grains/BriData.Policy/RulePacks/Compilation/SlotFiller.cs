using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>Fills the slots of one evaluation: absent facts by mode, then stated facts, then what follows from them.</summary>
internal static class SlotFiller
{
    public static void Fill(Span<FactSlot> slots, FactSet facts, DateOnly eventDate, EvaluationMode mode)
    {
        SlotTemplates.For(mode).CopyTo(slots);
        foreach (ref readonly var entry in facts.Entries)
        {
            slots[entry.Fact.Index] = entry.StatesUnknown
                ? FactSlot.Unknown with { SaidUnknown = true }
                : FactSlot.Exactly(entry.Bits, SlotState.Stated);
        }

        SlotDerivations.Apply(slots, facts);
        if (mode == EvaluationMode.StatedCase)
        {
            SlotDerivations.AssumeCounts(slots);
        }

        slots[SlotIndexes.EventDate] = FactSlot.Exactly(eventDate.DayNumber, SlotState.Stated);
    }
}
