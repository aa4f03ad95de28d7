using System.Collections.Immutable;
using BriData.Entries.Events;

namespace BriData.Entries.Accesses;

/// <summary>An auditor or regulator read something. The transfer it was about, if one, is in the envelope.</summary>
/// <param name="What">What was read: <c>search</c>, <c>trail</c>, <c>ledger</c> …</param>
/// <param name="Question">Conditions as asked; null for none.</param>
/// <param name="Ledger">The ledger read; null for none or many.</param>
/// <param name="Records">Records given; null where it is not counted.</param>
/// <param name="Until">The entry covers further reads of the same kind and ledger by the same officer until then.</param>
/// <param name="Start">For the end of an export: index of the entry of its beginning.</param>
/// <param name="Sha256">For the end of an export: SHA-256 of what was sent, lower hex.</param>
/// <param name="TextKey">Name of the key that committed conditions are sealed under.</param>
internal sealed record AuditAccessed(
    string What,
    ImmutableArray<AskedCondition>? Question = null,
    string? Ledger = null,
    long? Records = null,
    DateTimeOffset? Until = null,
    long? Start = null,
    string? Sha256 = null,
    string? TextKey = null) : EventData;

/// <param name="Name">Name of the query parameter.</param>
/// <param name="Value">What was asked for, when it has the form of an identifier, a code or a time.</param>
/// <param name="Commitment">Otherwise the commitment to it: free text may name a person (I9).</param>
internal sealed record AskedCondition(string Name, string? Value = null, string? Commitment = null);
