using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BriData.Ledger.Verification;

namespace BriData.Cli.Verifying;

/// <summary>The file that <c>--report</c> writes.</summary>
/// <param name="Ok">True when every ledger was read to its end and nothing is wrong with any.</param>
/// <param name="Ledgers">One for each ledger.</param>
internal sealed record VerificationReport(bool Ok, ImmutableArray<VerifiedLedger> Ledgers)
{
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

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VerificationReport))]
internal sealed partial class VerificationReportJson : JsonSerializerContext;
