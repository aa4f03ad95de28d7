using BriData.Contracts.Agencies;
using BriData.Entries.Rules;

namespace BriData.Entries.Judging;

/// <summary>Whether a data set still inherits what it inherited: no part of it is ever shed (I7).</summary>
internal static class InheritanceRules
{
    /// <param name="e">The entry.</param>
    /// <param name="dataSet">The data set, for a person.</param>
    /// <param name="document">The data set as it is declared now.</param>
    /// <param name="held">What it inherited before; null for nothing, or when it was not there.</param>
    /// <param name="now">What it inherits now.</param>
    public static void Require(JudgedEntry e, string dataSet, DataSetDocument document, InheritedClassification? held, InheritedClassification? now)
    {
        e.Require(now is not null || document.DerivedFrom is not { IsEmpty: false }, JudgeCodes.ClassificationLowered, $"{dataSet} is derived from other data and inherits nothing.");
        e.Require(
            held is null || (now is not null && Same(DataSetReader.Combine(now, held), now)),
            JudgeCodes.ClassificationLowered,
            $"{dataSet} no longer inherits all that it did: level {held?.MinLevel}, grade {held?.Grade}, sharing {held?.Tlp}, with its categories and the conditions of where it came from.");
    }

    private static bool Same(InheritedClassification left, InheritedClassification right) =>
        left with { Categories = right.Categories, Origins = right.Origins } == right
        && left.Categories.SequenceEqual(right.Categories, StringComparer.Ordinal)
        && left.Origins.Length == right.Origins.Length
        && left.Origins.Zip(right.Origins).All(pair => Same(pair.First, pair.Second));

    private static bool Same(DataSetOrigin left, DataSetOrigin right) =>
        left with { OnwardTo = right.OnwardTo, Obligations = right.Obligations } == right
        && left.OnwardTo.SequenceEqual(right.OnwardTo, StringComparer.Ordinal)
        && left.Obligations.SequenceEqual(right.Obligations, StringComparer.Ordinal);
}
