using System.Collections.Immutable;
using BriData.Policy.Classification;
using BriData.Policy.Facts;

namespace BriData.Policy.Decisions;

/// <summary>The classification of a data set as its agency declared it.</summary>
/// <param name="Id">Data set identifier, <c>CN/customs/declarations</c>.</param>
/// <param name="Version">Version of the declaration; recorded with each decision.</param>
/// <param name="Mark">The secrecy mark as written in the country's classification scheme.</param>
/// <param name="Scheme">The country's scheme, or null when it has none; a missing scheme denies.</param>
/// <param name="Grade">Economy-wide grade.</param>
/// <param name="Categories">Personal-data categories held.</param>
/// <param name="Sharing">TLP label.</param>
/// <param name="Facts">Facts the exporter states about the data set (dataKind, originOfData, importantData …).</param>
public sealed record DataSetProfile(
    string Id,
    int Version,
    string Mark,
    ClassificationScheme? Scheme,
    EconomicGrade Grade,
    PersonalCategories Categories,
    SharingMark Sharing,
    FactSet Facts)
{
    /// <summary>The least neutral level, inherited from the data it was derived from; its own mark may say more.</summary>
    public SecurityLevel MinLevel { get; init; }

    /// <summary>True when the data it was derived from belongs to a state-secrets regime.</summary>
    public bool InheritedStateSecret { get; init; }

    /// <summary>Data of other countries that it holds or was derived from.</summary>
    public ImmutableArray<DataOrigin> Origins { get; init; } = [];
}
