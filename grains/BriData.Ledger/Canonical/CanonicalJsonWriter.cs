using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace BriData.Ledger.Canonical;

/// <summary>
/// Writes canonical JSON (RFC 8785) forward, in one pass. The caller gives names in order; the writer checks it.
/// Reusable through <see cref="Reset"/>, after which writing allocates nothing but what the output does.
/// </summary>
/// <remarks>
/// <see cref="CanonicalJsonException"/> is thrown for data that has no canonical form or is out of order,
/// <see cref="InvalidOperationException"/> for calls that would not give JSON (a value without a name, an end without a
/// start). After either, the output holds a fragment and is to be thrown away. Not safe for concurrent use.
/// </remarks>
public sealed class CanonicalJsonWriter
{
    private readonly JcsNameOrder _order = new();
    private IBufferWriter<byte> _output;
    private bool _named;
    private bool _done;

    public CanonicalJsonWriter(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
    }

    /// <summary>Bytes written since construction or <see cref="Reset"/>.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Whether exactly one whole value has been written.</summary>
    public bool IsComplete => _done && _order.Depth == 0;

    /// <summary>Starts over on another (or the same, cleared) output.</summary>
    public void Reset(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        _order.Clear();
        BytesWritten = 0;
        _named = _done = false;
    }

    public void WriteStartObject() => Start((byte)'{', isObject: true);

    public void WriteStartArray() => Start((byte)'[', isObject: false);

    public void WriteEndObject() => End((byte)'}', isObject: true);

    public void WriteEndArray() => End((byte)']', isObject: false);

    /// <summary>Writes a member's name.</summary>
    /// <exception cref="CanonicalJsonException">It does not sort behind the object's last name, repeats it, or is not UTF-8.</exception>
    public void WriteName(ReadOnlySpan<byte> utf8Name)
    {
        const int stackLimit = 256;
        var chars = utf8Name.Length <= stackLimit ? stackalloc char[stackLimit] : new char[utf8Name.Length];
        if (Utf8.ToUtf16(utf8Name, chars, out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            throw Fail(CanonicalJsonError.InvalidUtf8, "A name is not UTF-8.");
        }

        WriteNameChars(chars[..length]);
    }

    /// <inheritdoc cref="WriteName(ReadOnlySpan{byte})"/>
    public void WriteName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        WriteNameChars(name);
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
        Advance(written);
        _done = true;
    }

    public void WriteBoolean(bool value) => WriteRaw(value ? "true"u8 : "false"u8);

    public void WriteNull() => WriteRaw("null"u8);

    /// <summary>Copies one value that is canonical already; it is not checked.</summary>
    public void WriteRaw(ReadOnlySpan<byte> canonicalValue)
    {
        BeforeValue();
        Write(canonicalValue);
        _done = true;
    }

    public void WriteString(ReadOnlySpan<byte> utf8Name, string value)
    {
        WriteName(utf8Name);
        WriteString(value);
    }

    public void WriteString(string name, string value)
    {
        WriteName(name);
        WriteString(value);
    }

    public void WriteInt64(ReadOnlySpan<byte> utf8Name, long value)
    {
        WriteName(utf8Name);
        WriteInt64(value);
    }

    public void WriteInt64(string name, long value)
    {
        WriteName(name);
        WriteInt64(value);
    }

    public void WriteBoolean(ReadOnlySpan<byte> utf8Name, bool value)
    {
        WriteName(utf8Name);
        WriteBoolean(value);
    }

    public void WriteBoolean(string name, bool value)
    {
        WriteName(name);
        WriteBoolean(value);
    }

    public void WriteNull(ReadOnlySpan<byte> utf8Name)
    {
        WriteName(utf8Name);
        WriteNull();
    }

    public void WriteNull(string name)
    {
        WriteName(name);
        WriteNull();
    }

    public void WriteRaw(ReadOnlySpan<byte> utf8Name, ReadOnlySpan<byte> canonicalValue)
    {
        WriteName(utf8Name);
        WriteRaw(canonicalValue);
    }

    public void WriteRaw(string name, ReadOnlySpan<byte> canonicalValue)
    {
        WriteName(name);
        WriteRaw(canonicalValue);
    }

    public void WriteStartObject(ReadOnlySpan<byte> utf8Name)
    {
        WriteName(utf8Name);
        WriteStartObject();
    }

    public void WriteStartObject(string name)
    {
        WriteName(name);
        WriteStartObject();
    }

    public void WriteStartArray(ReadOnlySpan<byte> utf8Name)
    {
        WriteName(utf8Name);
        WriteStartArray();
    }

    public void WriteStartArray(string name)
    {
        WriteName(name);
        WriteStartArray();
    }

    private void WriteNameChars(ReadOnlySpan<char> name)
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
        WriteQuoted(name);
        Write(":"u8);
        _named = true;
    }

    private void Start(byte bracket, bool isObject)
    {
        BeforeValue();
        if (_order.Depth == CanonicalJson.MaxDepth)
        {
            throw Fail(CanonicalJsonError.TooDeep, $"Nested deeper than {CanonicalJson.MaxDepth}.");
        }

        _order.Push(isObject);
        Write([bracket]);
    }

    private void End(byte bracket, bool isObject)
    {
        if (_order.Depth == 0 || _order.InObject != isObject || _named)
        {
            throw new InvalidOperationException($"There is no value here that '{(char)bracket}' could end.");
        }

        _order.Pop();
        Write([bracket]);
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
            Write(","u8);
        }
    }

    private void WriteQuoted(ReadOnlySpan<char> text)
    {
        var written = JcsString.Write(_output, text);
        BytesWritten += written >= 0 ? written : throw Fail(CanonicalJsonError.LoneSurrogate, "A string holds half of a surrogate pair.");
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_output.GetSpan(bytes.Length));
        Advance(bytes.Length);
    }

    private void Advance(int count)
    {
        _output.Advance(count);
        BytesWritten += count;
    }

    private CanonicalJsonException Fail(CanonicalJsonError code, string message) => new(code, BytesWritten, message);
}
