using System.Collections.Immutable;

namespace BriData.Ledger.Audit;

/// <summary>What the index keeps of one entry.</summary>
public sealed record AuditRecord
{
    public required LedgerId Ledger { get; init; }

    public required long Index { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Entry kind, for example <c>transfer.requested</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Countries that are a party to the entry, sorted. Visibility is decided on these.</summary>
    public required ImmutableArray<string> Parties { get; init; }

    /// <summary>Agencies named by the entry (actor, exporter, importer), sorted.</summary>
    public ImmutableArray<string> Agencies { get; init; } = [];

    public string? Agreement { get; init; }

    public string? Transfer { get; init; }

    public string? DataSet { get; init; }

    /// <summary>Decision outcome (<c>Permit</c> …), if the entry holds a decision.</summary>
    public string? Outcome { get; init; }

    /// <summary>Identifiers of the rules that matched, as <c>source:rule</c>, sorted.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>Obligation codes, sorted.</summary>
    public ImmutableArray<string> Obligations { get; init; } = [];

    /// <summary>Pseudonym of the officer who acted.</summary>
    public string? Officer { get; init; }

    /// <summary>Text searched by <see cref="AuditQuery.Text"/>: codes, reasons, identifiers.</summary>
    public string Text { get; init; } = "";

    /// <summary>Of <c>source:rule</c> the rule.</summary>
    public static string RuleAlone(string rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule[(rule.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
