using System.Collections.Immutable;

namespace BriData.Ledger.Audit;

/// <summary>A search. Every condition that is set must hold.</summary>
public sealed record AuditQuery
{
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

    public string? Officer { get; init; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Words that all must occur; each matches as a prefix.</summary>
    public string? Text { get; init; }

    /// <summary>1 to 500.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Opaque cursor of an earlier page, or null for the first.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A page of a search.</summary>
/// <param name="Items">Records, newest first.</param>
/// <param name="Next">Cursor for the following page, or null at the end.</param>
public sealed record AuditPage(ImmutableArray<AuditRecord> Items, string? Next);
