using System.Collections.Frozen;
using System.Collections.Immutable;

namespace BriData.Policy.Facts;

/// <summary>
/// The fact vocabulary (fact sheet, section 5). A rule, an agreement or a request may use these names and no other, so
/// a misspelt fact is an error when a pack is loaded and never a condition that silently fails.
/// </summary>
public static class FactCatalog
{
    private static readonly FrozenDictionary<string, FactDefinition> ByName;

    /// <summary>Every fact, sorted ordinally by name.</summary>
    public static ImmutableArray<FactDefinition> All { get; }

    /// <summary>Second names that mean the same fact.</summary>
    public static ImmutableSortedDictionary<string, string> Aliases { get; } =
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("legalBasis", "consent")]);

#pragma warning disable CA1810 // The slots must be numbered before anything reads them, so the order is written out.
    static FactCatalog()
    {
        All = [.. FactCatalogEntries.Build().OrderBy(fact => fact.Name, StringComparer.Ordinal)];
        for (var i = 0; i < All.Length; i++)
        {
            All[i].Index = i;
        }

        var names = All.ToDictionary(fact => fact.Name, StringComparer.Ordinal);
        foreach (var (alias, name) in Aliases)
        {
            names.Add(alias, names[name]);
        }

        ByName = names.ToFrozenDictionary(StringComparer.Ordinal);
    }
#pragma warning restore CA1810

    /// <summary>Finds a fact by its name or second name.</summary>
    public static bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FactDefinition? fact)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ByName.TryGetValue(name, out fact);
    }

    /// <summary>The fact of this name, which must exist.</summary>
    public static FactDefinition Get(string name) =>
        TryGet(name, out var fact) ? fact : throw new ArgumentException($"There is no fact '{name}'.", nameof(name));

    /// <summary>Whether a caller speaking as <paramref name="speaker"/> may assert the fact.</summary>
    public static bool MayAssert(FactSource speaker, FactDefinition fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return fact.Source != FactSource.Platform && fact.Source >= speaker;
    }
}
