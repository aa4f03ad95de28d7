using BriData.Policy.Facts;
using BriData.Policy.RulePacks;

namespace BriData.Entries.Rules;

/// <summary>Which jurisdictions' rule packs a country may publish, and which of them governs.</summary>
internal static class Jurisdictions
{
    /// <summary>True for the country's own, a part's, or its union's.</summary>
    public static bool MayPublish(string country, string jurisdiction) =>
        jurisdiction == country
        || PartOf(country, jurisdiction) is not null
        || (jurisdiction == EuropeanUnion.Code && EuropeanUnion.IsMember(country));

    /// <summary>The jurisdiction itself when it is a part of the country with a regime of its own, such as <c>AE-DIFC</c>; else null.</summary>
    public static string? PartOf(string country, string? jurisdiction) =>
        jurisdiction is not null && jurisdiction.Length > 3 && jurisdiction[2] == '-' && jurisdiction.StartsWith(country, StringComparison.Ordinal) ? jurisdiction : null;

    /// <summary>The part that the exporter states its data is in (<c>subRegime</c>), or null.</summary>
    public static string? PartOf(string country, FactSet stated) =>
        stated.TryGet(FactNames.SubRegime, out var part) ? PartOf(country, part.AsText()) : null;
}
