using BriData.Policy.RulePacks;

namespace BriData.Grains.Rules;

/// <summary>Which jurisdictions' rule packs a country may publish: its own, a part's, or its union's.</summary>
internal static class Jurisdictions
{
    public static bool MayPublish(string country, string jurisdiction) =>
        jurisdiction == country
        || jurisdiction.StartsWith(country + "-", StringComparison.Ordinal)
        || (jurisdiction == "EU" && EuropeanUnion.IsMember(country));
}
