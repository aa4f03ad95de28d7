using System.Collections.Immutable;
using BriData.Entries.Events;

namespace BriData.Entries.Transfers;

/// <summary>
/// Values of a transfer are to be destroyed. The entry is the intent, and names all that destroying needs; it stands before
/// the first key is touched (I1).
/// </summary>
/// <param name="Classes">What is erased, of <see cref="RetentionClass"/>; sorted.</param>
/// <param name="Rule"><see cref="ByRequest"/> or <see cref="ByRetention"/>.</param>
/// <param name="Days">For retention, the days that the agreement states.</param>
/// <param name="Keys">Names of the keys.</param>
/// <param name="Payload">The payload that is deleted as well, or null.</param>
/// <param name="Status">Status after it.</param>
/// <param name="Closed">For retention, index of the entry that closed the transfer: up to it all that was due is done.</param>
/// <param name="Reason">Commitment to the reason's text.</param>
/// <param name="TextKey">Name of the key that the reason is sealed under; not one of <paramref name="Keys"/>.</param>
internal sealed record TransferErased(
    ImmutableArray<string> Classes,
    string Rule,
    int? Days,
    ImmutableArray<string> Keys,
    PayloadLocation? Payload,
    string Status,
    long? Closed = null,
    string? Reason = null,
    string? TextKey = null) : EventData
{
    public const string ByRequest = "request";
    public const string ByRetention = "retention";
}

/// <summary>Where a payload rests.</summary>
internal sealed record PayloadLocation(string Jurisdiction, string Reference);

/// <summary>What an erasure named is destroyed.</summary>
/// <param name="Erasure">Index of the entry that recorded it.</param>
internal sealed record ErasureCompleted(long Erasure) : EventData;
