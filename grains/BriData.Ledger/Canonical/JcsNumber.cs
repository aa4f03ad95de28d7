using System.Globalization;

namespace BriData.Ledger.Canonical;

/// <summary>Numbers as ECMAScript writes them: RFC 8785 section 3.2.2.3, ECMA-262 Number::toString (radix 10).</summary>
internal static class JcsNumber
{
    /// <summary>Largest number of bytes that <see cref="Format"/> writes.</summary>
    public const int MaxBytes = 32;

    /// <summary>Integers up to here are exact in a double: 2^53 − 1.</summary>
    public const long MaxSafeInteger = 9_007_199_254_740_991;

    /// <summary>Writes a finite number and returns its length in bytes.</summary>
    public static int Format(double value, Span<byte> destination)
    {
        if (value is >= -MaxSafeInteger and <= MaxSafeInteger && Math.Floor(value) == value)
        {
            ((long)value).TryFormat(destination, out var written, default, CultureInfo.InvariantCulture);
            return written;
        }

        // "R" gives the shortest digits that read back as the same number, which is what ECMA-262 asks; only their layout differs.
        Span<byte> source = stackalloc byte[MaxBytes];
        value.TryFormat(source, out var length, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[MaxBytes];
        var count = Decompose(source[..length], digits, out var point);
        var position = 0;
        if (value < 0)
        {
            destination[position++] = (byte)'-';
        }

        return position + Lay(digits[..count], point, destination[position..]);
    }

    /// <summary>Splits "-12.5E+3" into significant digits and the place of the decimal point behind their start (n of ECMA-262).</summary>
    private static int Decompose(ReadOnlySpan<byte> text, Span<byte> digits, out int point)
    {
        var count = 0;
        var exponent = 0;
        int? dot = null;
        var leadingZeros = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == 'E')
            {
                exponent = int.Parse(text[(i + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                break;
            }

            if (c == '.')
            {
                dot = count + leadingZeros;
            }
            else if (c == '0' && count == 0)
            {
                leadingZeros++;
            }
            else if (c != '-')
            {
                digits[count++] = c;
            }
        }

        point = (dot ?? (count + leadingZeros)) - leadingZeros + exponent;
        while (digits[count - 1] == '0')
        {
            count--;
        }

        return count;
    }

    private static int Lay(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        var k = digits.Length;
        if (point is > 0 and <= 21)
        {
            if (k <= point)
            {
                digits.CopyTo(destination);
                destination[k..point].Fill((byte)'0');
                return point;
            }

            digits[..point].CopyTo(destination);
            destination[point] = (byte)'.';
            digits[point..].CopyTo(destination[(point + 1)..]);
            return k + 1;
        }

        if (point is > -6 and <= 0)
        {
            destination[0] = (byte)'0';
            destination[1] = (byte)'.';
            destination.Slice(2, -point).Fill((byte)'0');
            digits.CopyTo(destination[(2 - point)..]);
            return 2 - point + k;
        }

        var position = 0;
        destination[position++] = digits[0];
        if (k > 1)
        {
            destination[position++] = (byte)'.';
            digits[1..].CopyTo(destination[position..]);
            position += k - 1;
        }

        var exponent = point - 1;
        destination[position++] = (byte)'e';
        destination[position++] = exponent < 0 ? (byte)'-' : (byte)'+';
        Math.Abs(exponent).TryFormat(destination[position..], out var written, default, CultureInfo.InvariantCulture);
        return position + written;
    }
}
