using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace BriData.Ledger.Canonical;

/// <summary>
/// Says whether a text is canonical JSON (RFC 8785) by reading it once, without writing it again. Allocates only for names
/// beyond ASCII. For whoever checks what others wrote; shares no code with the writer but the form of numbers.
/// </summary>
public ref struct CanonicalScanner
{
    private const int MaxExactDigits = 15;

    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static c => (byte)c), (byte)'"', (byte)'\\']);
    private static readonly SearchValues<byte> Plain = SearchValues.Create([.. Enumerable.Range(0x20, 0x60).Select(static c => (byte)c).Where(static c => c != '\\')]);

    private readonly ReadOnlySpan<byte> _text;

    // Most entries: ASCII with nothing to escape. Then a string ends at the next quote, and names sort by their bytes.
    private readonly bool _plain;
    private int _position;

    internal CanonicalScanner(ReadOnlySpan<byte> text)
    {
        _text = text;
        _plain = !text.ContainsAnyExcept(Plain);
    }

    /// <summary>Whether the bytes are exactly their own canonical form. False for what has none; never throws.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> utf8Json)
    {
        var scanner = new CanonicalScanner(utf8Json);
        return scanner.IsText && scanner.Value(0) && scanner.AtEnd;
    }

    /// <summary>Whether the text is UTF-8.</summary>
    internal readonly bool IsText => _plain || Utf8.IsValid(_text);

    internal readonly bool AtEnd => _position == _text.Length;

    internal readonly int Position => _position;

    private readonly byte Peek() => _position < _text.Length ? _text[_position] : (byte)0;

    internal bool Skip(byte expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    private bool Literal(ReadOnlySpan<byte> word)
    {
        var found = _text[_position..].StartsWith(word);
        _position += found ? word.Length : 0;
        return found;
    }

    internal bool Value(int depth) => Peek() switch
    {
        (byte)'{' => depth < CanonicalJson.MaxDepth && Object(depth),
        (byte)'[' => depth < CanonicalJson.MaxDepth && Array(depth),
        (byte)'"' => String(out _),
        (byte)'t' => Literal("true"u8),
        (byte)'f' => Literal("false"u8),
        (byte)'n' => Literal("null"u8),
        _ => Number(),
    };

    private bool Object(int depth)
    {
        _position++;
        if (Skip((byte)'}'))
        {
            return true;
        }

        ReadOnlySpan<byte> last = default;
        do
        {
            if (!String(out var name) || (!last.IsEmpty && !Precedes(last, name)) || !Skip((byte)':') || !Value(depth + 1))
            {
                return false;
            }

            last = name;
        }
        while (Skip((byte)','));
        return Skip((byte)'}');
    }

    private bool Array(int depth)
    {
        _position++;
        if (Skip((byte)']'))
        {
            return true;
        }

        do
        {
            if (!Value(depth + 1))
            {
                return false;
            }
        }
        while (Skip((byte)','));
        return Skip((byte)']');
    }

    /// <summary>Reads a string; <paramref name="quoted"/> is it with its quotes.</summary>
    internal bool String(out ReadOnlySpan<byte> quoted)
    {
        quoted = default;
        var start = _position;
        if (!Skip((byte)'"'))
        {
            return false;
        }

        if (_plain)
        {
            var length = _text[_position..].IndexOf((byte)'"');
            _position += length + 1;
            quoted = _text[start.._position];
            return length >= 0;
        }

        while (true)
        {
            var run = _text[_position..].IndexOfAny(Special);
            if (run < 0)
            {
                return false;
            }

            _position += run;
            if (Skip((byte)'"'))
            {
                quoted = _text[start.._position];
                return true;
            }

            if (!Escape())
            {
                return false;
            }
        }
    }

    // Section 3.2.2.2: short forms where there is one, \u00xx in lower case for other controls, nothing else escaped.
    private bool Escape()
    {
        if (!Skip((byte)'\\'))
        {
            return false;
        }

        var letter = Peek();
        if (letter is (byte)'b' or (byte)'t' or (byte)'n' or (byte)'f' or (byte)'r' or (byte)'"' or (byte)'\\')
        {
            _position++;
            return true;
        }

        if (!Literal("u00"u8))
        {
            return false;
        }

        var (high, low) = (Peek(), _position + 1 < _text.Length ? _text[_position + 1] : (byte)0);
        _position += 2;
        var hex = low is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f');
        var hasShortForm = high == '0' && low is (byte)'8' or (byte)'9' or (byte)'a' or (byte)'c' or (byte)'d';
        return hex && (high == '1' || (high == '0' && !hasShortForm));
    }

    private bool Number()
    {
        var start = _position;
        var negative = Skip((byte)'-');
        var digits = _position;
        while (Peek() is >= (byte)'0' and <= (byte)'9')
        {
            _position++;
        }

        var count = _position - digits;
        if (Peek() is not ((byte)'.' or (byte)'e') && count is > 0 and <= MaxExactDigits)
        {
            return _text[digits] != '0' || (count == 1 && !negative);
        }

        while (Peek() is (byte)'.' or (byte)'e' or (byte)'+' or (byte)'-' or (>= (byte)'0' and <= (byte)'9'))
        {
            _position++;
        }

        // Rare in entries: the form is that of the writer's numbers, which are held against ECMA-262's own examples.
        var token = _text[start.._position];
        return !token.IsEmpty && CanonicalJson.IsCanonical(token);
    }

    // Section 3.2.3: names sort by UTF-16 code units. For ASCII without escapes that is the order of the bytes.
    internal readonly bool Precedes(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (_plain || (IsPlain(left) && IsPlain(right)))
        {
            return left[1..^1].SequenceCompareTo(right[1..^1]) < 0;
        }

        return string.CompareOrdinal(Text(left), Text(right)) < 0;
    }

    private static bool IsPlain(ReadOnlySpan<byte> quoted) => Ascii.IsValid(quoted) && !quoted.Contains((byte)'\\');

    private static string Text(ReadOnlySpan<byte> quoted)
    {
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }
}
