using System.Collections.Immutable;

namespace BriData.Policy.Decisions;

/// <summary>Finds the grant that a transfer falls under.</summary>
public static class GrantMatcher
{
    /// <summary>
    /// The first grant in the order of the terms that covers data set, importer and purpose; null when there is none.
    /// The order is part of the terms: whoever counts the transfers of a grant finds the same one.
    /// </summary>
    public static Grant? FindFirst(AgreementTerms terms, string dataSet, string importer, string purpose)
    {
        ArgumentNullException.ThrowIfNull(terms);
        foreach (var grant in terms.Grants)
        {
            if (CoversDataSet(grant, dataSet) && CoversImporter(grant, importer) && grant.Purposes.Contains(purpose, StringComparer.Ordinal))
            {
                return grant;
            }
        }

        return null;
    }

    /// <summary>Whether the grant names the data set, or a prefix of it.</summary>
    public static bool CoversDataSet(Grant grant, string dataSet)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return Covers(grant.DataSets, dataSet);
    }

    /// <summary>Whether the grant names the importer, or a prefix of it.</summary>
    public static bool CoversImporter(Grant grant, string importer)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return Covers(grant.Importers, importer);
    }

    private static bool Covers(ImmutableArray<string> patterns, string name)
    {
        foreach (var pattern in patterns)
        {
            if (pattern == name
                || (pattern.EndsWith("/*", StringComparison.Ordinal) && name.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }
}
