using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace BriData.Ledger.Canonical;

/// <summary>Reads JSON and writes its canonical form: members are written in input order, then moved into name order.</summary>
internal readonly struct JcsRewriter(JcsBuffer output)
{
    private readonly record struct Member(string Name, int Start, int Length, long Offset);

    public void Rewrite(ReadOnlySpan<byte> utf8Json)
    {
        // The reader's own limit is one step above ours, so that ours is the one that reports.
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth + 1 });
        try
        {
            reader.Read();
            WriteValue(ref reader);

            // Reading on finds text behind the value.
            reader.Read();
        }
        catch (JsonException e)
        {
            throw new CanonicalJsonException(CanonicalJsonError.Syntax, Offset(utf8Json, e), e.Message, e);
        }
    }

    private static long Offset(ReadOnlySpan<byte> text, JsonException e)
    {
        var start = 0;
        for (var line = e.LineNumber ?? 0; line > 0; line--)
        {
            start += text[start..].IndexOf((byte)'\n') + 1;
        }

        return start + (e.BytePositionInLine ?? 0);
    }

    private void WriteValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                CheckDepth(ref reader);
                WriteObject(ref reader);
                break;
            case JsonTokenType.StartArray:
                CheckDepth(ref reader);
                WriteArray(ref reader);
                break;
            case JsonTokenType.String:
                WriteString(ref reader);
                break;
            case JsonTokenType.Number:
                WriteNumber(ref reader);
                break;
            default:
                output.Write(reader.ValueSpan);
                break;
        }
    }

    private static void CheckDepth(ref Utf8JsonReader reader)
    {
        if (reader.CurrentDepth >= CanonicalJson.MaxDepth)
        {
            throw new CanonicalJsonException(CanonicalJsonError.TooDeep, reader.TokenStartIndex, $"Nested deeper than {CanonicalJson.MaxDepth}.");
        }
    }

    private void WriteArray(ref Utf8JsonReader reader)
    {
        output.Write((byte)'[');
        for (var first = true; Next(ref reader) != JsonTokenType.EndArray; first = false)
        {
            if (!first)
            {
                output.Write((byte)',');
            }

            WriteValue(ref reader);
        }

        output.Write((byte)']');
    }

    private void WriteObject(ref Utf8JsonReader reader)
    {
        output.Write((byte)'{');
        var start = output.Length;
        var members = new List<Member>();
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            var (offset, memberStart) = (reader.TokenStartIndex, output.Length);
            var name = WriteString(ref reader);
            output.Write((byte)':');
            Next(ref reader);
            WriteValue(ref reader);
            members.Add(new Member(name, memberStart, output.Length - memberStart, offset));
            output.Write((byte)',');
        }

        Arrange(members, start);
        output.Write((byte)'}');
    }

    /// <summary>Moves members into name order and removes the comma behind the last.</summary>
    private void Arrange(List<Member> members, int start)
    {
        if (members.Count == 0)
        {
            return;
        }

        var sorted = true;
        for (var i = 1; i < members.Count && sorted; i++)
        {
            sorted = string.CompareOrdinal(members[i - 1].Name, members[i].Name) < 0;
        }

        if (!sorted)
        {
            Sort(members, output.Written[start..]);
        }

        output.Length--;
    }

    private static void Sort(List<Member> members, Span<byte> target)
    {
        var origin = members[0].Start;
        var written = target.ToArray();

        // RFC 8785 section 3.2.3: names compare as arrays of UTF-16 code units, which is ordinal comparison.
        members.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        var position = 0;
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0 && members[i].Name == members[i - 1].Name)
            {
                throw new CanonicalJsonException(CanonicalJsonError.DuplicateName, Math.Max(members[i].Offset, members[i - 1].Offset), $"The name \"{members[i].Name}\" occurs twice.");
            }

            written.AsSpan(members[i].Start - origin, members[i].Length).CopyTo(target[position..]);
            position += members[i].Length;
            target[position++] = (byte)',';
        }
    }

    private string WriteString(ref Utf8JsonReader reader)
    {
        if (!Utf8.IsValid(reader.ValueSpan))
        {
            throw new CanonicalJsonException(CanonicalJsonError.InvalidUtf8, reader.TokenStartIndex, "A string is not UTF-8.");
        }

        string text;
        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new CanonicalJsonException(CanonicalJsonError.LoneSurrogate, reader.TokenStartIndex, "A string holds half of a surrogate pair.", e);
        }

        JcsString.TryWrite(output, text);
        return text;
    }

    private void WriteNumber(ref Utf8JsonReader reader)
    {
        var value = reader.GetDouble();
        if (!double.IsFinite(value))
        {
            throw new CanonicalJsonException(CanonicalJsonError.NumberOutOfRange, reader.TokenStartIndex, $"{Encoding.UTF8.GetString(reader.ValueSpan)} is outside the range of a double.");
        }

        output.Advance(JcsNumber.Format(value, output.GetSpan(JcsNumber.MaxBytes)));
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType;
    }
}
