using System.Collections.Immutable;

namespace BriData.Policy.RulePacks;

/// <summary>The transfer law of one jurisdiction as a document: checked, not yet compiled.</summary>
public sealed record RulePack
{
    /// <summary>What every pack says of itself.</summary>
    public const string RequiredDisclaimer = "engineering summary, not legal advice";

    /// <summary>Country, part of one, or <c>EU</c>.</summary>
    public required string Jurisdiction { get; init; }

    public required string Version { get; init; }

    /// <summary>Title by language tag; English is always there.</summary>
    public required ImmutableSortedDictionary<string, string> Title { get; init; }

    public required string Disclaimer { get; init; }

    /// <summary>Day on which the pack as a whole was last checked.</summary>
    public required DateOnly LastChecked { get; init; }

    /// <summary>The days that offsets in working days count.</summary>
    public WorkingCalendar Calendar { get; init; } = WorkingCalendar.Default;

    public ImmutableArray<MechanismTerm> MechanismTerms { get; init; } = [];

    /// <summary>The running totals that the law counts.</summary>
    public PackTotals Totals { get; init; } = PackTotals.None;

    /// <summary>The rules in the order of the document.</summary>
    public required ImmutableArray<Rule> Rules { get; init; }

    /// <summary>The pack's own test cases.</summary>
    public ImmutableArray<PackTestCase> Tests { get; init; } = [];

    /// <summary>The bytes that were read.</summary>
    public required ReadOnlyMemory<byte> Source { get; init; }
}
