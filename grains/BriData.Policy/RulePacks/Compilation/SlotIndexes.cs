using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>Slots of the facts that derivations read.</summary>
internal static class SlotIndexes
{
    public static readonly int EventDate = FactCatalog.Get(FactNames.EventDate).Index;
    public static readonly int PackRole = FactCatalog.Get(FactNames.PackRole).Index;
    public static readonly int DataKind = FactCatalog.Get(FactNames.DataKind).Index;
    public static readonly int PersonalCategory = FactCatalog.Get(FactNames.PersonalCategory).Index;
    public static readonly int ExporterInFtz = FactCatalog.Get(FactNames.ExporterInFtz).Index;
    public static readonly int PersonalSubjects = FactCatalog.Get(FactNames.PersonalSubjects).Index;
    public static readonly int SensitiveSubjects = FactCatalog.Get(FactNames.SensitiveSubjects).Index;
    public static readonly int Subjects = FactCatalog.Get(FactNames.Subjects).Index;

    public static readonly FactDefinition Batches = FactCatalog.Get(FactNames.Batches);
    public static readonly FactDefinition Flows = FactCatalog.Get(FactNames.Flows);
    public static readonly FactDefinition SubRegime = FactCatalog.Get(FactNames.SubRegime);

    /// <summary>Ordinal of <c>packRole: Importer</c>.</summary>
    public static readonly long Importer = FactCatalog.Get(FactNames.PackRole).OrdinalOf("Importer");

    /// <summary>Ordinal of <c>dataKind: Personal</c>.</summary>
    public static readonly long Personal = FactCatalog.Get(FactNames.DataKind).OrdinalOf("Personal");

    /// <summary>Ordinal of <c>dataKind: NonPersonal</c>.</summary>
    public static readonly long NonPersonal = FactCatalog.Get(FactNames.DataKind).OrdinalOf("NonPersonal");

    /// <summary>
    /// Categories that are sensitive personal information: biometrics, health, financial accounts, whereabouts,
    /// children under 14, genetic data as both (PIPL art. 28).
    /// </summary>
    public static readonly long SensitiveCategories = MaskOf(
        "Sensitive", "Biometric", "Genetic", "Health", "Financial", "PreciseLocation", "ChildUnder14");

    /// <summary>Personal information that nothing marks as sensitive.</summary>
    public static readonly long GeneralCategory = MaskOf("General");

    /// <summary>Categories that hold nothing sensitive by themselves.</summary>
    public static readonly long PlainCategories = MaskOf("General", "Employee", "JobApplicant");

    private static long MaskOf(params ReadOnlySpan<string> codes)
    {
        var fact = FactCatalog.Get(FactNames.PersonalCategory);
        var mask = 0L;
        foreach (var code in codes)
        {
            mask |= 1L << fact.OrdinalOf(code);
        }

        return mask;
    }
}
