using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace BriData.Ledger.Notes;

/// <summary>The note text of a checkpoint, C2SP tlog-checkpoint.</summary>
/// <param name="Origin">Identity of the log: not empty, one line.</param>
/// <param name="Size">Number of entries.</param>
/// <param name="Root">RFC 6962 root at that size.</param>
public sealed record Checkpoint(string Origin, long Size, Hash256 Root)
{
    /// <summary>Opaque further lines; none is empty.</summary>
    public ImmutableArray<string> Extensions { get; init; } = [];

    /// <exception cref="FormatException">The text is not the body of a checkpoint.</exception>
    public static Checkpoint Parse(string text) =>
        TryParse(text, out var checkpoint) ? checkpoint : throw new FormatException("The text is not a checkpoint.");

    /// <summary>Reads the note text (without signatures), strictly: one spelling per checkpoint.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (text is null || !text.EndsWith('\n') || StrictText.HasForbidden(text))
        {
            return false;
        }

        var lines = text[..^1].Split('\n');
        if (lines.Length < 3
            || Array.Exists(lines, static line => line.Length == 0)
            || !StrictText.TryDecimal(lines[1], out var size)
            || !StrictText.TryHash(lines[2], out var root))
        {
            return false;
        }

        checkpoint = new Checkpoint(lines[0], size, root) { Extensions = [.. lines[3..]] };
        return true;
    }

    /// <summary>Reads a signed checkpoint whose origin is the key's name and that the key has signed.</summary>
    /// <exception cref="FormatException">Not a signed checkpoint, of another origin, or not signed by the key.</exception>
    public static Checkpoint Open(string signedNote, NoteVerifier log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var note = SignedNote.Parse(signedNote);
        var checkpoint = Parse(note.Text);
        if (checkpoint.Origin != log.Name)
        {
            throw new FormatException($"The checkpoint is of '{checkpoint.Origin}', not of '{log.Name}'.");
        }

        return note.IsSignedBy(log) ? checkpoint : throw new FormatException($"The checkpoint is not signed by {log.VerifierKey}.");
    }

    /// <summary>The note text, each line ended by a newline.</summary>
    /// <exception cref="InvalidOperationException">A member holds what the format cannot carry.</exception>
    public string Write()
    {
        var text = new StringBuilder()
            .Append(Origin).Append('\n')
            .Append(Size.ToString(CultureInfo.InvariantCulture)).Append('\n')
            .Append(Root.ToBase64()).Append('\n');
        foreach (var line in Extensions)
        {
            text.Append(line).Append('\n');
        }

        var written = text.ToString();
        return TryParse(written, out var read) && read.Origin == Origin && read.Extensions.SequenceEqual(Extensions)
            ? written
            : throw new InvalidOperationException($"The checkpoint of '{Origin}' at size {Size} cannot be written.");
    }

    public override string ToString() => Write();
}
