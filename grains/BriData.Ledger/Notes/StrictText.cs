using System.Globalization;

namespace BriData.Ledger.Notes;

/// <summary>Encodings with exactly one spelling per value, as the C2SP text formats need them.</summary>
internal static class StrictText
{
    /// <summary>Reads standard base64 (RFC 4648 section 4): padded, no white space, unused bits zero.</summary>
    public static bool TryBase64(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[(text.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64Chars(text, bytes, out var length))
        {
            return false;
        }

        Array.Resize(ref bytes, length);
        return text.SequenceEqual(Convert.ToBase64String(bytes));
    }

    /// <summary>Reads the base64 of 32 bytes.</summary>
    public static bool TryHash(ReadOnlySpan<char> text, out Hash256 hash)
    {
        var ok = TryBase64(text, out var bytes) && bytes.Length == Hash256.ByteCount;
        hash = ok ? Hash256.FromBytes(bytes) : default;
        return ok;
    }

    /// <summary>Reads an unsigned decimal of ASCII digits without leading zeros, at most 2^63 − 1.</summary>
    /// <remarks>The digits are looked at here, since <see cref="long.TryParse(ReadOnlySpan{char}, out long)"/> takes zero characters (U+0000) behind them.</remarks>
    public static bool TryDecimal(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        return !text.ContainsAnyExceptInRange('0', '9')
            && (text.Length == 1 || text is not ['0', ..])
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether the text has a character below U+0020 other than newline, or half of a surrogate pair.</summary>
    public static bool HasForbidden(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] < ' ' && text[i] != '\n')
            {
                return true;
            }

            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    return true;
                }

                i++;
            }
        }

        return false;
    }
}
