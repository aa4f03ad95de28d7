using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace BriData.Ledger.Notes;

/// <summary>
/// A text with signature lines, C2SP signed-note. Signatures by unknown keys are kept and written back, and never trusted.
/// </summary>
public sealed record SignedNote
{
    /// <summary>Most signatures that are read here.</summary>
    public const int MaxSignatures = 100;

    /// <summary>Signatures that everyone who reads notes must accept; beyond, some may not.</summary>
    public const int AlwaysRead = 16;

    /// <summary>Longest note that is read, in UTF-16 code units.</summary>
    public const int MaxLength = 1_000_000;

    private SignedNote(string text, ImmutableArray<NoteSignature> signatures)
    {
        Text = text;
        Signatures = signatures;
    }

    /// <summary>The note text with its final newline.</summary>
    public string Text { get; }

    /// <summary>At least one, in the order of the lines.</summary>
    public ImmutableArray<NoteSignature> Signatures { get; }

    /// <summary>Signs a text.</summary>
    /// <exception cref="ArgumentException">The text does not end with a newline or holds forbidden characters, or there is no signer.</exception>
    public static SignedNote Sign(string text, params ReadOnlySpan<NoteSigner> signers)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.EndsWith('\n') || StrictText.HasForbidden(text) || signers.IsEmpty)
        {
            throw new ArgumentException("A note is a text ending in newline, without control characters, with at least one signer.", nameof(text));
        }

        var signatures = ImmutableArray.CreateBuilder<NoteSignature>(signers.Length);
        foreach (var signer in signers)
        {
            signatures.Add(signer.Sign(text));
        }

        return new SignedNote(text, signatures.MoveToImmutable());
    }

    /// <exception cref="FormatException">The text is not a signed note.</exception>
    public static SignedNote Parse(string note) =>
        TryParse(note, out var parsed) ? parsed : throw new FormatException("The text is not a signed note.");

    /// <exception cref="FormatException">The bytes are not UTF-8 or not a signed note.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> utf8Note)
    {
        try
        {
            return Parse(new UTF8Encoding(false, true).GetString(utf8Note));
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("The note is not UTF-8.", e);
        }
    }

    public static bool TryParse([NotNullWhen(true)] string? note, [NotNullWhen(true)] out SignedNote? parsed)
    {
        parsed = null;
        if (note is null || note.Length > MaxLength || !note.EndsWith('\n') || StrictText.HasForbidden(note))
        {
            return false;
        }

        // The last empty line separates; the text itself may hold empty lines.
        var separator = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (separator < 0)
        {
            return false;
        }

        var signatures = ImmutableArray.CreateBuilder<NoteSignature>();
        var lines = note.AsSpan(separator + 2);
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf('\n');
            if (signatures.Count == MaxSignatures || NoteSignature.ParseLine(lines[..end]) is not { } signature)
            {
                return false;
            }

            signatures.Add(signature);
            lines = lines[(end + 1)..];
        }

        if (signatures.Count == 0)
        {
            return false;
        }

        parsed = new SignedNote(note[..(separator + 1)], signatures.DrainToImmutable());
        return true;
    }

    /// <summary>The note with further signatures behind its own.</summary>
    /// <exception cref="ArgumentException">They would be more than <see cref="MaxSignatures"/>: the note could not be read again.</exception>
    public SignedNote With(params IEnumerable<NoteSignature> signatures) => WithOnly(Signatures.Concat(signatures));

    /// <summary>The note with these signatures in place of its own.</summary>
    /// <exception cref="ArgumentException">There is none, or they are more than <see cref="MaxSignatures"/>.</exception>
    public SignedNote WithOnly(params IEnumerable<NoteSignature> signatures)
    {
        ImmutableArray<NoteSignature> kept = [.. signatures];
        return kept.Length is > 0 and <= MaxSignatures
            ? new SignedNote(Text, kept)
            : throw new ArgumentException($"A note has 1 to {MaxSignatures} signatures, not {kept.Length}.", nameof(signatures));
    }

    /// <summary>
    /// Whether a known key signed the text. False if no signature is by a known key, and also if any signature that names
    /// a known key does not verify.
    /// </summary>
    public bool IsSignedBy(params ReadOnlySpan<NoteVerifier> known)
    {
        var verified = false;
        foreach (var signature in Signatures)
        {
            foreach (var verifier in known)
            {
                if (verifier.Claims(signature))
                {
                    if (!verifier.Verify(Text, signature))
                    {
                        return false;
                    }

                    verified = true;
                }
            }
        }

        return verified;
    }

    /// <summary>The note as text; UTF-8 on the wire.</summary>
    public string Write()
    {
        var output = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
        {
            output.Append(signature.ToLine()).Append('\n');
        }

        return output.ToString();
    }

    public override string ToString() => Write();
}
