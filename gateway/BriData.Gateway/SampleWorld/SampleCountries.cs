using System.Collections.Immutable;
using BriData.Grains.Registry;
using BriData.Policy.RulePacks;

namespace BriData.Gateway.SampleWorld;

/// <summary>Countries of the sample world: those of <c>world.json</c>, and every country for which a rule pack is shipped.</summary>
internal static class SampleCountries
{
    public static ImmutableArray<string> All { get; } =
    [
        .. SampleWorldDocument.Load().Countries
            .Concat(BuiltInPacks.All.Select(p => p.Jurisdiction).Where(IsoCountries.Contains))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];
}
