namespace BriData.Policy.Classification;

/// <summary>
/// How strictly data is classed, on four axes that are never folded into one: secrecy level, economy-wide grade,
/// personal-data categories, sharing mark. A partial order: two values may be incomparable.
/// </summary>
public readonly record struct DataClassification(
    SecurityLevel Level,
    EconomicGrade Grade,
    PersonalCategories Categories,
    SharingMark Sharing)
{
    /// <summary>The least strict value; the neutral element of <see cref="Join"/>.</summary>
    public static DataClassification Least => default;

    /// <summary>The strictest of both on each axis: what data derived from both must carry.</summary>
    public DataClassification Join(DataClassification other) => new(
        (SecurityLevel)Math.Max((int)Level, (int)other.Level),
        (EconomicGrade)Math.Max((int)Grade, (int)other.Grade),
        Categories | other.Categories,
        (SharingMark)Math.Max((int)Sharing, (int)other.Sharing));

    /// <summary>True when this value is at least as strict as <paramref name="other"/> on every axis.</summary>
    public bool Covers(DataClassification other) =>
        Level >= other.Level
        && Grade >= other.Grade
        && (Categories & other.Categories) == other.Categories
        && Sharing >= other.Sharing;

    /// <summary>The partial order: null when neither covers the other.</summary>
    public int? CompareTo(DataClassification other) =>
        (Covers(other), other.Covers(this)) switch
        {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => -1,
            _ => null,
        };
}
