using System.Collections.Immutable;

namespace BriData.Contracts.Audit;

/// <summary>Something an auditor or regulator was shown, or is about to be.</summary>
[GenerateSerializer, Immutable, Alias("bridata.audit-access")]
public sealed record AuditAccess
{
    /// <summary>What was read: one of <see cref="AccessKinds"/>.</summary>
    [Id(0)] public required string What { get; init; }

    /// <summary>Agency identifier of the officer, or null.</summary>
    [Id(1)] public string? Agency { get; init; }

    /// <summary>Pseudonym of the officer.</summary>
    [Id(2)] public required string Officer { get; init; }

    /// <summary>The question as asked: each condition with its value.</summary>
    [Id(3)] public ImmutableArray<AccessCondition> Question { get; init; } = [];

    [Id(4)] public string? Ledger { get; init; }

    [Id(5)] public string? Transfer { get; init; }

    /// <summary>Number of records given; null where it is not counted.</summary>
    [Id(6)] public long? Records { get; init; }

    /// <summary>True for reads that come in thousands: one entry covers those of the next minutes.</summary>
    [Id(7)] public bool Windowed { get; init; }

    /// <summary>For the end of an export: index of the entry that recorded its beginning.</summary>
    [Id(8)] public long? Start { get; init; }

    /// <summary>For the end of an export: SHA-256 of what was sent, lower hex.</summary>
    [Id(9)] public string? Digest { get; init; }
}

/// <summary>One condition of a question.</summary>
/// <param name="Name">Name of the query parameter.</param>
/// <param name="Value">What was asked for.</param>
[GenerateSerializer, Immutable, Alias("bridata.access-condition")]
public sealed record AccessCondition([property: Id(0)] string Name, [property: Id(1)] string Value);

/// <summary>What an access read.</summary>
public static class AccessKinds
{
    public const string Search = "search";
    public const string Trail = "trail";
    public const string Transfer = "transfer";
    public const string Receipt = "receipt";
    public const string Explanation = "explanation";
    public const string Replay = "replay";

    /// <summary>An agreement's terms and state.</summary>
    public const string Agreement = "agreement";

    /// <summary>An agency's running totals.</summary>
    public const string Totals = "totals";

    /// <summary>The list of ledgers.</summary>
    public const string Ledgers = "ledgers";

    /// <summary>Anything of one ledger: checkpoint, tiles, entries.</summary>
    public const string Ledger = "ledger";

    /// <summary>Documents that entries name.</summary>
    public const string Documents = "documents";

    /// <summary>This very list.</summary>
    public const string Accesses = "accesses";

    public const string Export = "export";
    public const string ExportCompleted = "export.completed";
}

/// <summary>An access on record.</summary>
/// <param name="Receipt">Where it stands on the ledger <c>access/{cc}</c>.</param>
/// <param name="At">Instant of the access.</param>
/// <param name="What">What was read.</param>
/// <param name="Officer">Pseudonym of who read.</param>
/// <param name="Agency">The officer's agency, or null.</param>
/// <param name="Question">Conditions as asked.</param>
/// <param name="Ledger">The ledger read, or null.</param>
/// <param name="Transfer">The transfer read, or null.</param>
/// <param name="Records">Records given, or null.</param>
/// <param name="Until">The entry covers further reads of the same officer until then; null when it stands for one.</param>
/// <param name="Start">For the end of an export: index of the entry of its beginning.</param>
/// <param name="Digest">For the end of an export: SHA-256 of what was sent, lower hex.</param>
[GenerateSerializer, Immutable, Alias("bridata.access-view")]
public sealed record AccessView(
    [property: Id(0)] ReceiptReference Receipt,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string What,
    [property: Id(3)] string Officer,
    [property: Id(4)] string? Agency,
    [property: Id(5)] ImmutableArray<AccessConditionView> Question,
    [property: Id(6)] string? Ledger,
    [property: Id(7)] string? Transfer,
    [property: Id(8)] long? Records,
    [property: Id(9)] DateTimeOffset? Until,
    [property: Id(10)] long? Start,
    [property: Id(11)] string? Digest);

/// <param name="Name">Name of the query parameter.</param>
/// <param name="Value">What was asked for; null when it is kept beside the ledger, because it may name a person.</param>
/// <param name="Commitment">SHA-256 of salt and value in that case, lower hex.</param>
[GenerateSerializer, Immutable, Alias("bridata.access-condition-view")]
public sealed record AccessConditionView([property: Id(0)] string Name, [property: Id(1)] string? Value, [property: Id(2)] string? Commitment);

/// <param name="Items">Newest first.</param>
/// <param name="Next">Cursor for the following page, or null at the end.</param>
[GenerateSerializer, Immutable, Alias("bridata.access-page")]
public sealed record AccessPage([property: Id(0)] ImmutableArray<AccessView> Items, [property: Id(1)] string? Next);
