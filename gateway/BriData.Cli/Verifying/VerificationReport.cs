using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BriData.Ledger.Verification;

namespace BriData.Cli.Verifying;

/// <summary>The file that <c>--report</c> writes.</summary>
/// <param name="Ok">True when everything was read to its end and nothing is wrong with any of it.</param>
/// <param name="Ledgers">One for each ledger.</param>
internal sealed record VerificationReport(bool Ok, ImmutableArray<VerifiedLedger> Ledgers)
{
    /// <summary>An evidence pack; null unless one was verified.</summary>
    public VerifiedPack? Pack { get; init; }

    /// <summary>A receipt; null unless one was verified.</summary>
    public VerifiedReceipt? Receipt { get; init; }

    /// <summary>Indented JSON, UTF-8.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, VerificationReportJson.Default.VerificationReport);
}

/// <param name="Location">Where it was read.</param>
/// <param name="Ledger">The ledger; null when that cannot be said.</param>
/// <param name="Size">Entries that the signed checkpoint counts; null when there is none that holds.</param>
/// <param name="Entries">Entries that were read and hash as their tiles say.</param>
/// <param name="Root">Root of those entries, lower hex.</param>
/// <param name="Witnessed">Size up to which enough witnesses have cosigned; null when none were asked for, or too few have.</param>
/// <param name="Decisions">Decisions made again.</param>
/// <param name="DecisionsLeftOut">Decisions that could not be made again because a document is missing.</param>
/// <param name="Judged">False when only the tree was looked at.</param>
/// <param name="Unread">Why it could not be read to its end; null when it was.</param>
/// <param name="FirstBad">The first thing that is wrong; null when nothing is.</param>
/// <param name="Findings">All that is wrong.</param>
internal sealed record VerifiedLedger(
    string Location,
    string? Ledger,
    long? Size,
    long Entries,
    string? Root,
    long? Witnessed,
    long Decisions,
    long DecisionsLeftOut,
    bool Judged,
    string? Unread,
    LedgerFinding? FirstBad,
    ImmutableArray<LedgerFinding> Findings)
{
    [JsonIgnore]
    public bool Ok => Findings.IsEmpty && Unread is null;

    /// <summary>A ledger that could not be read.</summary>
    public static VerifiedLedger Unreadable(string location, string problem) => new(location, null, null, 0, null, null, 0, 0, false, problem, null, []);
}

/// <param name="Country">Whose auditor asked for it; null when that cannot be read.</param>
/// <param name="Entries">Entries that hold.</param>
/// <param name="KeysGiven">False when the keys are those that the pack names: it is then shown to be whole, not whose it is.</param>
/// <param name="FirstBadLine">The first line that does not hold; null when all do.</param>
/// <param name="Problem">What is wrong with it.</param>
internal sealed record VerifiedPack(string? Country, long Entries, bool KeysGiven, long? FirstBadLine, string? Problem);

/// <param name="Origin">Origin of the checkpoint; null when the receipt does not hold.</param>
/// <param name="Index">Index of the entry; null when the file is no receipt.</param>
/// <param name="Size">Size of the ledger as of the checkpoint.</param>
/// <param name="Root">Its root, lower hex.</param>
/// <param name="Witnesses">How many of the witnesses given have cosigned it.</param>
/// <param name="Problem">Why it does not hold; null when it does.</param>
internal sealed record VerifiedReceipt(string? Origin, long? Index, long? Size, string? Root, int Witnesses, string? Problem);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VerificationReport))]
internal sealed partial class VerificationReportJson : JsonSerializerContext;
