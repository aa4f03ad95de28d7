using System.Collections.Immutable;
using BriData.Policy.Facts;

namespace BriData.Benchmarks.Rules;

/// <summary>The facts that rules of the table read.</summary>
internal static class TableFacts
{
    public static readonly FactDefinition Destination = FactCatalog.Get(FactNames.RecipientCountry);

    public static readonly FactDefinition Purpose = FactCatalog.Get(FactNames.Purpose);

    /// <summary>All besides destination and purpose: flags, counts, codes and sets.</summary>
    public static readonly ImmutableArray<FactDefinition> Others =
    [
        .. new[]
        {
            "accessMode", "ciio", "coreData", "dataKind", "exporterKind", "importantData", "localCopyKept", "originOfData",
            "personalCategory", "personalInfoSubjectsSinceJan1", "publiclyAvailable", "recordCount", "sensitiveSubjectsSinceJan1",
        }.Select(FactCatalog.Get),
    ];

    /// <summary>
    /// The codes used. Data with personal categories is personal in this platform whatever else is stated; the other
    /// evaluators do not know that, so no request calls its data non-personal.
    /// </summary>
    public static ImmutableArray<string> ValuesOf(FactDefinition fact) =>
        fact.Name == FactNames.DataKind ? fact.Values.Remove("NonPersonal") : fact.Values;
}
