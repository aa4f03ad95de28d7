using System.Collections.Frozen;

namespace BriData.Policy.RulePacks;

/// <summary>The states in which the pack <c>EU</c> is the law: the Union and, for GDPR chapter V, the EEA.</summary>
public static class EuropeanUnion
{
    /// <summary>Jurisdiction code of the Union's pack.</summary>
    public const string Code = "EU";

    private static readonly FrozenSet<string> Members =
        ("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for a member state of the Union or the EEA.</summary>
    public static bool IsMember(string country) => Members.Contains(country);
}
