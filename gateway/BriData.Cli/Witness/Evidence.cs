using System.Text.Encodings.Web;
using System.Text.Json;
using BriData.Ledger.Notes;
using BriData.Ledger.Witnesses;

namespace BriData.Cli.Witness;

/// <summary>
/// Keeps what was refused and may speak against a log, one file each: both signed checkpoints and the proof that was sent.
/// A <c>fork</c> (two roots of one size) convicts the log by itself. <c>unproven</c> does not: anyone can send a log's
/// checkpoint with a bad proof; it calls for a look at the log.
/// </summary>
internal sealed partial class Evidence(string folder, TimeProvider time, ILogger logger)
{
    /// <summary>Most files per log and kind; who floods does not fill the disk.</summary>
    private const int MaxPerLog = 100;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Keeps a refusal; one writer per log at a time. That it cannot be written is logged and changes nothing for the caller, who is refused anyway.</summary>
    public void Keep(HeldCheckpoint held, AddCheckpointRequest refused, SignedNote signed)
    {
        var fork = refused.Checkpoint.Size == held.Checkpoint.Size;
        if (fork)
        {
            LogFork(logger, held.Checkpoint.Origin, held.Checkpoint.Size, held.Checkpoint.Root.ToBase64(), refused.Checkpoint.Root.ToBase64());
        }
        else
        {
            LogUnproven(logger, held.Checkpoint.Origin, held.Checkpoint.Size, refused.Checkpoint.Size);
        }

        try
        {
            var logFolder = Path.Combine(folder, HeldCheckpoints.NameOf(held.Checkpoint.Origin));
            DurableFile.CreateDirectory(logFolder);
            var kind = fork ? "fork" : "unproven";
            var file = Path.Combine(logFolder, $"{kind}-{HeldCheckpoints.NameOf(held.Note.Text + refused.Note.Text)}.json");
            if (!File.Exists(file) && Directory.EnumerateFiles(logFolder, $"{kind}-*.json").Count() < MaxPerLog)
            {
                var content = new Refused(
                    kind, held.Checkpoint.Origin, time.GetUtcNow(), held.Note.Write(), signed.Write(), refused.OldSize, [.. refused.Proof.Select(hash => hash.ToBase64())]);
                DurableFile.Replace(file, JsonSerializer.SerializeToUtf8Bytes(content, Format));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(logger, e, held.Checkpoint.Origin);
        }
    }

    [LoggerMessage(3, LogLevel.Critical, "FORK: {Origin} has signed two roots of size {Size}: {Held} and {Refused}")]
    private static partial void LogFork(ILogger logger, string origin, long size, string held, string refused);

    [LoggerMessage(4, LogLevel.Error, "{Origin}: the proof from {Held} to {Refused} entries does not hold")]
    private static partial void LogUnproven(ILogger logger, string origin, long held, long refused);

    [LoggerMessage(5, LogLevel.Error, "Evidence against {Origin} could not be written")]
    private static partial void LogNotKept(ILogger logger, Exception exception, string origin);

    private sealed record Refused(string Kind, string Origin, DateTimeOffset At, string HeldCheckpoint, string RefusedCheckpoint, long OldSize, string[] Proof);
}
