namespace BriData.Policy.Facts;

/// <summary>The type of a fact.</summary>
public enum FactType
{
    Boolean,

    /// <summary>A whole number from 0 to 2^53 - 1, the range that JSON carries exactly.</summary>
    Integer,

    /// <summary>A calendar day, <c>2026-06-15</c>.</summary>
    Date,

    /// <summary>One code of a closed list.</summary>
    Enumeration,

    /// <summary>A set of codes of a closed list.</summary>
    EnumerationSet,

    /// <summary>ISO 3166-1 alpha-2; <c>None</c> where the fact allows it.</summary>
    Country,

    /// <summary>A short text.</summary>
    Text,

    /// <summary>A list of whole numbers.</summary>
    IntegerList,

    /// <summary>A list of objects whose members are facts.</summary>
    ObjectList,
}
