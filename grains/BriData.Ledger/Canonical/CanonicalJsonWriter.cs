using System.Globalization;

namespace BriData.Ledger.Canonical;

/// <summary>
/// Writes canonical JSON (RFC 8785) forward, in one pass, into a buffer of its own. The caller gives names in order; the
/// writer checks it. Reusable through <see cref="Reset"/>, after which writing allocates nothing while the buffer suffices.
/// </summary>
/// <remarks>
/// <see cref="CanonicalJsonException"/> is thrown for data that has no canonical form or is out of order,
/// <see cref="InvalidOperationException"/> for calls that would not give JSON (a value without a name, an end without a
/// start). After either, a fragment has been written and is to be thrown away. Not safe for concurrent use.
/// </remarks>
public sealed class CanonicalJsonWriter
{
    private const int InitialBytes = 16 * 1024;

    private readonly JcsNameOrder _order = new();
    private readonly JcsBuffer _output = new(InitialBytes);
    private bool _named;
    private bool _done;

    /// <summary>What has been written since construction or <see cref="Reset"/>; good until the next call.</summary>
    public ReadOnlySpan<byte> Written => _output.Written;

    /// <summary>Whether exactly one whole value has been written.</summary>
    public bool IsComplete => _done && _order.Depth == 0;

    /// <summary>Starts over.</summary>
    public void Reset()
    {
        _output.Length = 0;
        _order.Clear();
        _named = _done = false;
    }

    public void WriteStartObject() => Start((byte)'{', isObject: true);

    public void WriteStartArray() => Start((byte)'[', isObject: false);

    public void WriteEndObject() => End((byte)'}', isObject: true);

    public void WriteEndArray() => End((byte)']', isObject: false);

    /// <summary>Writes a member's name.</summary>
    /// <exception cref="CanonicalJsonException">It does not sort behind the object's last name, repeats it, or holds half of a surrogate pair.</exception>
    public void WriteName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        BeginMember(name);
        WriteQuoted(name);
        _output.Write((byte)':');
        _named = true;
    }

    /// <inheritdoc cref="WriteName(string)"/>
    public void WriteName(CanonicalName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        BeginMember(name.Text);
        _output.Write(name.Written);
        _named = true;
    }

    /// <exception cref="CanonicalJsonException">The text holds half of a surrogate pair.</exception>
    public void WriteString(ReadOnlySpan<char> value)
    {
        BeforeValue();
        WriteQuoted(value);
        _done = true;
    }

    /// <inheritdoc cref="WriteString(ReadOnlySpan{char})"/>
    public void WriteString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        WriteString(value.AsSpan());
    }

    /// <exception cref="CanonicalJsonException">The number is outside ±(2^53 − 1), where doubles are no longer exact.</exception>
    public void WriteInt64(long value)
    {
        if (value is > JcsNumber.MaxSafeInteger or < -JcsNumber.MaxSafeInteger)
        {
            throw Fail(CanonicalJsonError.NumberOutOfRange, $"{value} is not exact as a double; write it as a string.");
        }

        BeforeValue();
        value.TryFormat(_output.GetSpan(JcsNumber.MaxBytes), out var written, default, CultureInfo.InvariantCulture);
        _output.Advance(written);
        _done = true;
    }

    public void WriteBoolean(bool value) => WriteRaw(value ? "true"u8 : "false"u8);

    public void WriteNull() => WriteRaw("null"u8);

    /// <summary>Copies one value that is canonical already; it is not checked.</summary>
    public void WriteRaw(ReadOnlySpan<byte> canonicalValue)
    {
        BeforeValue();
        _output.Write(canonicalValue);
        _done = true;
    }

    public void WriteString(string name, string value)
    {
        WriteName(name);
        WriteString(value);
    }

    public void WriteRaw(string name, ReadOnlySpan<byte> canonicalValue)
    {
        WriteName(name);
        WriteRaw(canonicalValue);
    }

    public void WriteStartObject(string name)
    {
        WriteName(name);
        WriteStartObject();
    }

    public void WriteStartArray(string name)
    {
        WriteName(name);
        WriteStartArray();
    }

    /// <summary>Refuses a name that is out of place or out of order, and writes what stands before it.</summary>
    private void BeginMember(ReadOnlySpan<char> name)
    {
        if (_order.Depth == 0 || !_order.InObject || _named)
        {
            throw new InvalidOperationException("A name is written inside an object, once for each value.");
        }

        var order = _order.Next(name);
        if (order >= 0)
        {
            throw order == 0
                ? Fail(CanonicalJsonError.DuplicateName, $"The name \"{name}\" occurs twice.")
                : Fail(CanonicalJsonError.NameOrder, $"The name \"{name}\" sorts before the one already written.");
        }

        Separate();
    }

    private void Start(byte bracket, bool isObject)
    {
        BeforeValue();
        if (_order.Depth == CanonicalJson.MaxDepth)
        {
            throw Fail(CanonicalJsonError.TooDeep, $"Nested deeper than {CanonicalJson.MaxDepth}.");
        }

        _order.Push(isObject);
        _output.Write(bracket);
    }

    private void End(byte bracket, bool isObject)
    {
        if (_order.Depth == 0 || _order.InObject != isObject || _named)
        {
            throw new InvalidOperationException($"There is no value here that '{(char)bracket}' could end.");
        }

        _order.Pop();
        _output.Write(bracket);
        _done = true;
    }

    private void BeforeValue()
    {
        if (_order.Depth == 0 ? _done : _order.InObject && !_named)
        {
            throw new InvalidOperationException(_done && _order.Depth == 0 ? "The value is already complete." : "A member's value follows its name.");
        }

        if (_order.Depth > 0 && !_order.InObject)
        {
            Separate();
        }

        _named = false;
    }

    private void Separate()
    {
        if (_order.MarkItem())
        {
            _output.Write((byte)',');
        }
    }

    private void WriteQuoted(ReadOnlySpan<char> text)
    {
        if (!JcsString.TryWrite(_output, text))
        {
            throw Fail(CanonicalJsonError.LoneSurrogate, "A string holds half of a surrogate pair.");
        }
    }

    private CanonicalJsonException Fail(CanonicalJsonError code, string message) => new(code, _output.Length, message);
}
