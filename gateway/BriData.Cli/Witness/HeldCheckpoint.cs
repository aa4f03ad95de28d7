using System.Diagnostics.CodeAnalysis;
using BriData.Ledger.Notes;

namespace BriData.Cli.Witness;

/// <summary>The latest checkpoint that the witness cosigned for a log.</summary>
/// <param name="Note">With the log's signatures that were verified, and the witness's own.</param>
/// <param name="Checkpoint">What its text says.</param>
/// <param name="Time">POSIX time of the cosignature, in seconds.</param>
internal sealed record HeldCheckpoint(SignedNote Note, Checkpoint Checkpoint, long Time)
{
    /// <summary>
    /// Reads what the witness wrote. Its own cosignature on it guards against every later change of the file.
    /// </summary>
    public static bool TryRead(string text, CosignatureVerifier witness, [NotNullWhen(true)] out HeldCheckpoint? held)
    {
        held = SignedNote.TryParse(text, out var note)
            && Checkpoint.TryParse(note.Text, out var checkpoint)
            && witness.Find(note) is { } own
            && witness.Verify(note.Text, own, out var time)
                ? new HeldCheckpoint(note, checkpoint, time)
                : null;
        return held is not null;
    }
}
