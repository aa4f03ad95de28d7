using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BriData.Contracts.Transfers;

namespace BriData.Contracts.Audit;

/// <summary>A search; every condition that is set must hold. Times are RFC 3339 UTC.</summary>
[GenerateSerializer, Immutable, Alias("bridata.audit-question")]
public sealed record AuditQuestion
{
    [Id(0)] public string? Country { get; init; }

    [Id(1)] public string? Agency { get; init; }

    [Id(2)] public string? Agreement { get; init; }

    [Id(3)] public string? DataSet { get; init; }

    [Id(4)] public string? Outcome { get; init; }

    [Id(5)] public string? Rule { get; init; }

    [Id(6)] public DateTimeOffset? From { get; init; }

    [Id(7)] public DateTimeOffset? To { get; init; }

    [Id(8)] public string? Text { get; init; }

    [Id(9)] public int Limit { get; init; } = 50;

    [Id(10)] public string? Cursor { get; init; }

    [Id(11)] public string? Obligation { get; init; }

    /// <summary>Pseudonym of the officer who acted.</summary>
    [Id(12)] public string? Officer { get; init; }

    /// <summary>Entry kind, whole, for example <c>agreement.suspended</c>.</summary>
    [Id(13)] public string? Kind { get; init; }

    [Id(14)] public string? Transfer { get; init; }
}

/// <summary>One entry found. The officer is a pseudonym; rules are those that matched.</summary>
[GenerateSerializer, Immutable, Alias("bridata.audit-item")]
public sealed record AuditItem(
    [property: Id(0)] string Ledger,
    [property: Id(1)] long Index,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string Kind,
    [property: Id(4)] string? Agreement,
    [property: Id(5)] string? Transfer,
    [property: Id(6)] string? DataSet,
    [property: Id(7)] ImmutableArray<string> Agencies,
    [property: Id(8)] string? Outcome,
    [property: Id(9)] ImmutableArray<string> Rules,
    [property: Id(10)] ImmutableArray<string> Obligations,
    [property: Id(11)] string? Officer);

[GenerateSerializer, Immutable, Alias("bridata.audit-page")]
public sealed record AuditPageView([property: Id(0)] ImmutableArray<AuditItem> Items, [property: Id(1)] string? Next);

/// <summary>An entry with its exact bytes, from which anyone can recompute the leaf hash; for a regulator without them.</summary>
/// <param name="Receipt">Where it stands, with its leaf hash.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Redacted">
/// For a regulator: JSON pointers to members that are hidden (null) and to lists that lack items, so that the text is not what
/// was hashed. Null when the bytes are exact.
/// </param>
[GenerateSerializer, Immutable, Alias("bridata.audit-entry")]
public sealed record AuditEntryView(
    [property: Id(0)] ReceiptReference Receipt,
    [property: Id(1)] JsonText Entry,
    [property: Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<string>? Redacted = null)
{
    /// <summary>The texts that the entry commits to, while they exist; none for a regulator.</summary>
    [Id(3)]
    public ImmutableArray<PrivateTextView> Texts { get; init; } = [];
}

[GenerateSerializer, Immutable, Alias("bridata.audit-trail")]
public sealed record AuditTrailView([property: Id(0)] string Transfer, [property: Id(1)] ImmutableArray<AuditEntryView> Entries);
