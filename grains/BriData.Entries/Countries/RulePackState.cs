using System.Text.Json.Serialization;
using BriData.Entries.Rules;

namespace BriData.Entries.Countries;

/// <summary>One version of a rule pack of the country.</summary>
internal sealed class RulePackState
{
    public required string Jurisdiction { get; set; }

    public required string Version { get; set; }

    public required string Digest { get; set; }

    /// <summary>Pseudonym of the author; another person must approve.</summary>
    public required string DraftedBy { get; set; }

    /// <summary>The last run of its own test cases; null before the first.</summary>
    public RulePackTested? LastTest { get; set; }

    public bool IsApproved { get; set; }

    /// <summary>Counts the acts on it, for <c>If-Match</c>.</summary>
    public int Revision { get; set; }

    /// <summary>Index of the last entry about it.</summary>
    public long LastIndex { get; set; }

    /// <summary>The part of the country that it is the law of; null for the country as a whole.</summary>
    [JsonIgnore]
    public string? Part => Jurisdictions.PartOf(Jurisdiction[..2], Jurisdiction);

    /// <summary>True when it has test cases and all of them passed.</summary>
    [JsonIgnore]
    public bool PassedItsTests => LastTest is { Cases: > 0 } test && test.Passed == test.Cases;

    /// <summary>True when this very result is recorded already.</summary>
    public bool Tested(RulePackTested result) => LastTest == result;

    /// <summary>Counts an act recorded at <paramref name="index"/>.</summary>
    public void Acted(long index)
    {
        Revision++;
        LastIndex = index;
    }
}

/// <summary>A version and the day from which it governs.</summary>
/// <param name="Version">The version.</param>
/// <param name="From">First day.</param>
/// <param name="At">Index of the entry that says so; among equal days the later one holds.</param>
internal sealed record RulePackPublication(string Version, DateOnly From, long At);

/// <summary>Words for where a version is in its life.</summary>
internal static class RulePackStatus
{
    public const string Draft = "draft";
    public const string Tested = "tested";
    public const string Approved = "approved";
    public const string InForce = "inForce";
    public const string Superseded = "superseded";
}
