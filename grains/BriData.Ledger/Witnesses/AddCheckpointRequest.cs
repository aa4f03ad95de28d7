using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using BriData.Ledger.Notes;

namespace BriData.Ledger.Witnesses;

/// <summary>The body of <c>add-checkpoint</c>, C2SP tlog-witness: a checkpoint and its proof from an earlier size.</summary>
/// <param name="OldSize">Size of the last checkpoint that the witness cosigned, as the sender believes; 0 for none.</param>
/// <param name="Proof">RFC 6962 consistency proof from that size; empty from 0.</param>
/// <param name="Note">The signed checkpoint.</param>
/// <param name="Checkpoint">What its text says.</param>
public sealed record AddCheckpointRequest(long OldSize, ImmutableArray<Hash256> Proof, SignedNote Note, Checkpoint Checkpoint)
{
    /// <summary>Most proof lines: a tree of 2^63 entries needs no more.</summary>
    public const int MaxProof = 63;

    private const string OldPrefix = "old ";

    /// <summary>A request for a checkpoint.</summary>
    /// <exception cref="FormatException">The note is not a checkpoint.</exception>
    public static AddCheckpointRequest Create(long oldSize, ImmutableArray<Hash256> proof, SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        return new AddCheckpointRequest(oldSize, proof, note, Checkpoint.Parse(note.Text));
    }

    /// <summary>Reads the format strictly. Nothing is verified but the form.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out AddCheckpointRequest? request)
    {
        request = null;
        string text;
        try
        {
            text = new UTF8Encoding(false, true).GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        // No line above the checkpoint is empty, so the first empty one separates.
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0
            || text[..split].Split('\n') is not [var old, .. var lines]
            || lines.Length > MaxProof
            || !old.StartsWith(OldPrefix, StringComparison.Ordinal)
            || !StrictText.TryDecimal(old.AsSpan(OldPrefix.Length), out var oldSize)
            || !SignedNote.TryParse(text[(split + 2)..], out var note)
            || !Checkpoint.TryParse(note.Text, out var checkpoint))
        {
            return false;
        }

        var proof = ImmutableArray.CreateBuilder<Hash256>(lines.Length);
        foreach (var line in lines)
        {
            if (!StrictText.TryHash(line, out var hash))
            {
                return false;
            }

            proof.Add(hash);
        }

        request = new AddCheckpointRequest(oldSize, proof.MoveToImmutable(), note, checkpoint);
        return true;
    }

    /// <summary>The body; UTF-8 on the wire.</summary>
    public string Write()
    {
        var text = new StringBuilder(OldPrefix).Append(OldSize.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in Proof)
        {
            text.Append(hash.ToBase64()).Append('\n');
        }

        return text.Append('\n').Append(Note.Write()).ToString();
    }

    public override string ToString() => Write();
}
