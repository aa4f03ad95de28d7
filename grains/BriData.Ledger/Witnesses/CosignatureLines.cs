using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using BriData.Ledger.Notes;

namespace BriData.Ledger.Witnesses;

/// <summary>Bodies of a witness's answers, C2SP tlog-witness.</summary>
public static class CosignatureLines
{
    /// <summary>Media type of the answer that tells the size of the latest cosigned checkpoint (status 409).</summary>
    public const string SizeMediaType = "text/x.tlog.size";

    /// <summary>Reads one or more signature lines, each ended by a newline. Nothing is verified but the form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? body, out ImmutableArray<NoteSignature> signatures)
    {
        signatures = [];
        if (body is null || !body.EndsWith('\n') || StrictText.HasForbidden(body))
        {
            return false;
        }

        var lines = body[..^1].Split('\n');
        if (lines.Length > SignedNote.MaxSignatures)
        {
            return false;
        }

        var read = ImmutableArray.CreateBuilder<NoteSignature>(lines.Length);
        foreach (var line in lines)
        {
            if (NoteSignature.ParseLine(line) is not { } signature)
            {
                return false;
            }

            read.Add(signature);
        }

        signatures = read.MoveToImmutable();
        return true;
    }

    /// <summary>The lines, each ended by a newline.</summary>
    public static string Write(params IEnumerable<NoteSignature> signatures)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        var text = new StringBuilder();
        foreach (var signature in signatures)
        {
            text.Append(signature.ToLine()).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads a size as the 409 answer tells it: decimal, ended by a newline.</summary>
    public static bool TryParseSize([NotNullWhen(true)] string? body, out long size)
    {
        size = 0;
        return body is [.. var digits, '\n'] && StrictText.TryDecimal(digits, out size);
    }
}
