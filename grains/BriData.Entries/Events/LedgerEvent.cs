using System.Collections.Immutable;

namespace BriData.Entries.Events;

/// <summary>
/// One entry of a ledger before encoding. The members other than <see cref="Data"/> are the envelope: the same in every
/// ledger, so that an auditor's tools read any entry without knowing its kind.
/// </summary>
internal sealed record LedgerEvent
{
    /// <summary>Instant of the act, UTC, whole milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Countries that may see the entry, sorted.</summary>
    public required ImmutableArray<string> Parties { get; init; }

    public required EventData Data { get; init; }

    /// <summary>Who acted; null when the platform itself did.</summary>
    public Actor? By { get; init; }

    public string? Agreement { get; init; }

    /// <summary>Transfer identifier, <c>cn-kz-customs:42</c>.</summary>
    public string? Transfer { get; init; }

    public string? DataSet { get; init; }

    public string? Exporter { get; init; }

    public string? Importer { get; init; }

    /// <summary>Keyed fingerprint of the request that caused the entry, for repeated requests; only the platform can make it.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>A decision, canonical JSON; empty when the entry holds none.</summary>
    public ReadOnlyMemory<byte> Decision { get; init; }
}

/// <summary>Who acted. The officer is a pseudonym: no personal data enters a ledger in the clear (I9).</summary>
internal sealed record Actor(string Country, string? Agency, string Officer);
