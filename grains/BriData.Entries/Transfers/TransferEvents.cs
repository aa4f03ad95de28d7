using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Entries.Events;
using BriData.Policy.Decisions;

namespace BriData.Entries.Transfers;

/// <summary>
/// A request and, in the envelope, the decision on it. With the ledger up to here it holds everything the decision looked
/// at, so the decision can be made again (I6).
/// </summary>
/// <param name="Number">Number within the agreement, counting from 1 without gaps.</param>
/// <param name="Purpose">Purpose code.</param>
/// <param name="LegalBasis">Commitment to the text of the legal basis.</param>
/// <param name="Facts">Facts the caller stated, canonical JSON.</param>
/// <param name="EventDate">Day that selected the rules.</param>
/// <param name="UsedThisYear">Transfers already counted under the matching grant.</param>
/// <param name="Grant">The matching grant, or null.</param>
/// <param name="Status">Status the decision led to.</param>
/// <param name="ExpiresAt">When an unfinished transfer ends, RFC 3339.</param>
/// <param name="Totals">The exporter's running totals the decision looked at; null when its law counts nothing here.</param>
/// <param name="TextKey">Name of the key that the legal basis is sealed under.</param>
internal sealed record TransferRequested(
    long Number,
    string Purpose,
    string? LegalBasis,
    JsonText Facts,
    DateOnly EventDate,
    long UsedThisYear,
    string? Grant,
    string Status,
    DateTimeOffset ExpiresAt,
    TransferTotals? Totals = null,
    string? TextKey = null) : EventData;

/// <summary>Running totals as the decision saw them.</summary>
/// <param name="Counted">Whether the exporter's law counts the persons of this transfer if it takes place.</param>
/// <param name="Facts">Each total.</param>
internal sealed record TransferTotals(bool Counted, ImmutableArray<RunningTotal> Facts);

/// <summary>What a person's act led to; with it the answer to the act can be given again, whatever happened since (I5).</summary>
/// <param name="Status">Status after the act.</param>
/// <param name="ApprovalsPending">Countries whose approval is still missing after it.</param>
internal sealed record TransferAfter(string Status, ImmutableArray<string> ApprovalsPending);

/// <summary>A person's act on a transfer.</summary>
/// <param name="Reason">Commitment to the reason's text.</param>
/// <param name="TextKey">Name of the key that the text is sealed under.</param>
internal abstract record TransferActed(string? Reason, TransferAfter After, string? TextKey) : EventData;

/// <param name="Country">The approving country.</param>
internal sealed record TransferApproved(string Country, string? Reason, TransferAfter After, string? TextKey = null) : TransferActed(Reason, After, TextKey);

internal sealed record TransferRejected(string Country, string? Reason, TransferAfter After, string? TextKey = null) : TransferActed(Reason, After, TextKey);

internal sealed record TransferWithdrawn(string? Reason, TransferAfter After, string? TextKey = null) : TransferActed(Reason, After, TextKey);

internal sealed record TransferAccepted(string? Reason, TransferAfter After, string? TextKey = null) : TransferActed(Reason, After, TextKey);

internal sealed record TransferRefused(string? Reason, TransferAfter After, string? TextKey = null) : TransferActed(Reason, After, TextKey);

internal sealed record TransferExpired : EventData;

/// <summary>A later change took the ground from under the transfer; the envelope holds the decision as it is now, if one was made.</summary>
/// <param name="Cause">A decision code or error code.</param>
internal sealed record TransferStopped(string Cause) : EventData;

/// <param name="Sha256">SHA-256 of the payload, lower hex.</param>
/// <param name="Reference">Where the payload store keeps it.</param>
/// <param name="PayloadKey">Name of the key that it is sealed under.</param>
internal sealed record PayloadDeposited(long Size, string Sha256, string MediaType, string Jurisdiction, string Reference, string? PayloadKey = null) : EventData;

/// <summary>The payload, or a range of it, was released to the importer. Recorded before the first byte leaves.</summary>
internal sealed record PayloadReleased(string Sha256, long First, long Last) : EventData;
