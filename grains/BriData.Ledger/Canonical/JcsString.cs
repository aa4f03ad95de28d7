using System.Buffers;
using System.Text.Unicode;

namespace BriData.Ledger.Canonical;

/// <summary>Strings as ECMAScript writes them: RFC 8785 section 3.2.2.2.</summary>
internal static class JcsString
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f" +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\"\\");

    /// <summary>Writes the string with its quotes; false at a lone surrogate (nothing is written).</summary>
    public static bool TryWrite(JcsBuffer output, ReadOnlySpan<char> text)
    {
        // Three bytes per UTF-16 code unit cover everything but an escaped control character, which takes six.
        var clean = text.IndexOfAny(Escaped);
        var span = output.GetSpan(checked((text.Length * (clean < 0 ? 3 : 6)) + 2));
        span[0] = (byte)'"';
        var position = 1;
        while (!text.IsEmpty)
        {
            var run = clean < 0 ? text : text[..clean];
            if (Utf8.FromUtf16(run, span[position..], out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
            {
                return false;
            }

            position += written;
            if (clean < 0)
            {
                break;
            }

            position += Escape(text[clean], span[position..]);
            text = text[(clean + 1)..];
            clean = text.IndexOfAny(Escaped);
        }

        span[position++] = (byte)'"';
        output.Advance(position);
        return true;
    }

    private static int Escape(char c, Span<byte> destination)
    {
        destination[0] = (byte)'\\';
        var letter = c switch
        {
            '\b' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\f' => 'f',
            '\r' => 'r',
            '"' => '"',
            '\\' => '\\',
            _ => 'u',
        };
        destination[1] = (byte)letter;
        if (letter != 'u')
        {
            return 2;
        }

        const string hex = "0123456789abcdef";
        destination[2] = (byte)'0';
        destination[3] = (byte)'0';
        destination[4] = (byte)hex[c >> 4];
        destination[5] = (byte)hex[c & 0xf];
        return 6;
    }
}
