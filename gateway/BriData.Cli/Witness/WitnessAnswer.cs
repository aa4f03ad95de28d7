using System.Globalization;
using BriData.Ledger.Notes;
using BriData.Ledger.Witnesses;

namespace BriData.Cli.Witness;

/// <summary>An answer of the witness, C2SP tlog-witness.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Cosignature lines, the held size, or why not, for a person.</param>
/// <param name="MediaType">Media type of the body.</param>
internal sealed record WitnessAnswer(int Status, string Body, string MediaType = "text/plain; charset=utf-8")
{
    public static WitnessAnswer Malformed { get; } = new(400, "The body is not an add-checkpoint request.\n");

    public static WitnessAnswer OldBeyondNew { get; } = new(400, "The old size is greater than that of the checkpoint.\n");

    public static WitnessAnswer NotSigned { get; } = new(403, "The checkpoint is not signed by a known key of its log.\n");

    public static WitnessAnswer UnknownLog { get; } = new(404, "This witness does not serve the log.\n");

    public static WitnessAnswer Inconsistent { get; } = new(422, "The checkpoint is not proven to be consistent with the last one.\n");

    public static WitnessAnswer NotWritten { get; } = new(503, "The state cannot be written; nothing is cosigned.\n");

    public static WitnessAnswer ClockBehind { get; } = new(503, "The clock lies far behind the last cosignature; nothing is cosigned.\n");

    public static WitnessAnswer Cosigned(NoteSignature signature) => new(200, CosignatureLines.Write(signature));

    public static WitnessAnswer Held(long size) => new(409, size.ToString(CultureInfo.InvariantCulture) + "\n", CosignatureLines.SizeMediaType);
}
