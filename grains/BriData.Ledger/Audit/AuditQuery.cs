using System.Collections.Immutable;

namespace BriData.Ledger.Audit;

/// <summary>A search. Every condition that is set must hold.</summary>
public sealed record AuditQuery
{
    /// <summary>Most records on a page.</summary>
    public const int MaxLimit = 500;

    /// <summary>The searcher's country: only entries to which it is a party are found (I10).</summary>
    public required string VisibleTo { get; init; }

    /// <summary>A country that is a party to the entry.</summary>
    public string? Country { get; init; }

    public string? Agency { get; init; }

    public string? Agreement { get; init; }

    public string? DataSet { get; init; }

    public string? Outcome { get; init; }

    /// <summary><c>source:rule</c>, or the rule identifier alone.</summary>
    public string? Rule { get; init; }

    public string? Obligation { get; init; }

    /// <summary>Pseudonym of the officer who acted.</summary>
    public string? Officer { get; init; }

    /// <summary>Entry kind, whole, for example <c>agreement.suspended</c>.</summary>
    public string? Kind { get; init; }

    public string? Transfer { get; init; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Words that all must occur, each as a prefix, and the parts of each together (<see cref="AuditText"/>).</summary>
    public string? Text { get; init; }

    /// <summary>1 to 500.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Opaque cursor of an earlier page, or null for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>Whether the record is one of those asked for, whatever the page.</summary>
    public bool Matches(AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Parties.Contains(VisibleTo)
            && (Country is null || record.Parties.Contains(Country))
            && (Agency is null || record.Agencies.Contains(Agency))
            && (Agreement is null || record.Agreement == Agreement)
            && (DataSet is null || record.DataSet == DataSet)
            && (Outcome is null || record.Outcome == Outcome)
            && (Rule is null || record.Rules.Any(rule => rule == Rule || AuditRecord.RuleAlone(rule) == Rule))
            && (Obligation is null || record.Obligations.Contains(Obligation))
            && (Officer is null || record.Officer == Officer)
            && (Kind is null || record.Kind == Kind)
            && (Transfer is null || record.Transfer == Transfer)
            && (From is null || record.At >= From)
            && (To is null || record.At < To)
            && (Text is null || AuditText.Matches(record.Text, Text));
    }

    /// <exception cref="ArgumentException">The limit is not 1 to 500, or the text asks for too much.</exception>
    public void EnsureBounds()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Limit, 1, nameof(Limit));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Limit, MaxLimit, nameof(Limit));
        if (Text is not null && AuditText.IsTooMuch(Text))
        {
            throw new ArgumentException("The text asks for too much.", nameof(Text));
        }
    }
}

/// <summary>A page of a search.</summary>
/// <param name="Items">Records, newest first.</param>
/// <param name="Next">Cursor for the following page, or null at the end.</param>
public sealed record AuditPage(ImmutableArray<AuditRecord> Items, string? Next);
