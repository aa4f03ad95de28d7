using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>
/// What follows from the meaning of the vocabulary alone, before any law is read. A derivation fills a gap or raises a
/// count; it never lowers a count and never replaces a stated value by a more lenient one.
/// </summary>
internal static class SlotDerivations
{
    public static void Apply(Span<FactSlot> slots, FactSet facts)
    {
        DeriveDataKind(slots);
        DeriveZone(slots, facts);
        DeriveCounts(slots, facts);
    }

    /// <summary>
    /// Who states a case by its categories leaves out the count of the kind that the categories do not hold; it is taken
    /// as nought and listed. The totals of a real transfer are kept by the platform and are never taken so.
    /// </summary>
    public static void AssumeCounts(Span<FactSlot> slots)
    {
        var categories = slots[SlotIndexes.PersonalCategory];
        if (!categories.IsExact || categories.Low < 0)
        {
            return;
        }

        var isGeneral = (categories.Low & SlotIndexes.GeneralCategory) != 0;
        if (isGeneral && (categories.Low & ~SlotIndexes.PlainCategories) == 0)
        {
            AssumeNobody(ref slots[SlotIndexes.SensitiveSubjects]);
        }
        else if (!isGeneral && (categories.Low & SlotIndexes.SensitiveCategories) != 0)
        {
            AssumeNobody(ref slots[SlotIndexes.PersonalSubjects]);
        }
    }

    private static void AssumeNobody(ref FactSlot total)
    {
        if (total.State == SlotState.Unknown)
        {
            total = FactSlot.Exactly(0, SlotState.Assumed);
        }
    }

    // Data with personal categories is about persons, even where it was called non-personal.
    private static void DeriveDataKind(Span<FactSlot> slots)
    {
        ref var kind = ref slots[SlotIndexes.DataKind];
        var categories = slots[SlotIndexes.PersonalCategory];
        if (categories.IsExact && categories.Low != 0
            && (kind.State == SlotState.Unknown || kind.Low == SlotIndexes.NonPersonal))
        {
            kind = FactSlot.Exactly(SlotIndexes.Personal, SlotState.Derived);
        }
    }

    private static void DeriveZone(Span<FactSlot> slots, FactSet facts)
    {
        ref var inZone = ref slots[SlotIndexes.ExporterInFtz];
        if (inZone.State < SlotState.Derived
            && facts.Find(SlotIndexes.SubRegime) is >= 0 and var at
            && facts.Entries[at].Value.Text.StartsWith("CN-FTZ-", StringComparison.Ordinal))
        {
            inZone = FactSlot.Exactly(1, SlotState.Derived);
        }
    }

    // The running totals include this transfer (fact sheet, section 5), so the transfer bounds them from below. Parts
    // of one purpose are one volume: no splitting (Standard Contract Measures art. 4).
    private static void DeriveCounts(Span<FactSlot> slots, FactSet facts)
    {
        var categories = slots[SlotIndexes.PersonalCategory];
        var subjects = slots[SlotIndexes.Subjects];
        var isSensitive = categories.IsExact && (categories.Low & SlotIndexes.SensitiveCategories) != 0;
        if (isSensitive)
        {
            Raise(ref slots[SlotIndexes.SensitiveSubjects], Math.Max(1, subjects.IsExact ? subjects.Low : 1));
        }
        else if (categories.IsExact && subjects.IsExact)
        {
            Raise(ref slots[SlotIndexes.PersonalSubjects], subjects.Low);
        }

        if (facts.Find(SlotIndexes.Batches) is >= 0 and var at)
        {
            var sum = SumOf(facts.Entries[at].Value);
            ref var total = ref slots[isSensitive ? SlotIndexes.SensitiveSubjects : SlotIndexes.PersonalSubjects];
            if (total.IsExact)
            {
                Raise(ref total, sum);
            }
            else
            {
                total = FactSlot.Exactly(Math.Max(sum, total.State == SlotState.Derived ? total.Low : 0), SlotState.Derived);
            }
        }
    }

    private static void Raise(ref FactSlot total, long least)
    {
        if (total.State == SlotState.Unknown)
        {
            total = new FactSlot { Low = least, High = FactBinding.MaxInteger, State = SlotState.Derived };
        }
        else if (total.Low < least)
        {
            total = new FactSlot { Low = least, High = Math.Max(total.High, least), State = SlotState.Derived };
        }
    }

    private static long SumOf(FactValue batches)
    {
        var sum = 0L;
        foreach (var part in batches.Numbers)
        {
            sum = Math.Min(FactBinding.MaxInteger, sum + part);
        }

        return sum;
    }
}
