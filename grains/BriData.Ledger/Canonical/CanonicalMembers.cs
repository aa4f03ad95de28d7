using System.Text;
using System.Text.Json;

namespace BriData.Ledger.Canonical;

/// <summary>
/// The members of a canonical object (RFC 8785), one after the other, as slices of its text. Reads the text once, checks its
/// form on the way and allocates nothing. Never throws on what it reads.
/// </summary>
public ref struct CanonicalMembers
{
    private readonly ReadOnlySpan<byte> _text;
    private CanonicalScanner _scanner;
    private ReadOnlySpan<byte> _quotedName;
    private Place _place;

    /// <param name="utf8Object">The object.</param>
    public CanonicalMembers(ReadOnlySpan<byte> utf8Object)
    {
        _text = utf8Object;
        _scanner = new CanonicalScanner(utf8Object);
    }

    /// <summary>The member's name as written, without its quotes.</summary>
    public readonly ReadOnlySpan<byte> Name => _quotedName[1..^1];

    /// <summary>The member's value as written.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether the last member has been read and all of the text is one canonical object.</summary>
    public readonly bool IsCanonical => _place == Place.Behind && _scanner.AtEnd;

    /// <summary>Goes on to the next member.</summary>
    /// <returns>False behind the last one, and at the first place that is not canonical: <see cref="IsCanonical"/> tells which.</returns>
    public bool MoveNext()
    {
        var isFirst = _place == Place.Before;
        if (_place is Place.Behind or Place.Broken || !Open(isFirst))
        {
            return false;
        }

        // Until the member has been read to its end.
        _place = Place.Broken;
        var last = _quotedName;
        if (!_scanner.String(out _quotedName) || (!isFirst && !_scanner.Precedes(last, _quotedName)) || !_scanner.Skip((byte)':'))
        {
            return false;
        }

        var start = _scanner.Position;
        if (!_scanner.Value(1))
        {
            return false;
        }

        Value = _text[start.._scanner.Position];
        _place = Place.Within;
        return true;
    }

    /// <summary>A string as written, without quotes and escapes; null for any other value.</summary>
    public static string? TextOf(ReadOnlySpan<byte> value)
    {
        if (value.Length < 2 || value[0] != '"')
        {
            return null;
        }

        if (!value.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(value[1..^1]);
        }

        var reader = new Utf8JsonReader(value);
        reader.Read();
        return reader.GetString();
    }

    /// <summary>Reads what stands before a member; false at the end of the object, or where there is neither.</summary>
    private bool Open(bool isFirst)
    {
        if (isFirst ? _scanner.IsText && _scanner.Skip((byte)'{') && !_scanner.Skip((byte)'}') : _scanner.Skip((byte)','))
        {
            return true;
        }

        _place = isFirst ? (_text is [(byte)'{', (byte)'}', ..] ? Place.Behind : Place.Broken) : _scanner.Skip((byte)'}') ? Place.Behind : Place.Broken;
        return false;
    }

    private enum Place
    {
        Before,
        Within,
        Behind,
        Broken,
    }
}
