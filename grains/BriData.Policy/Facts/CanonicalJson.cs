using System.Buffers;
using System.Globalization;
using System.Text;

namespace BriData.Policy.Facts;

/// <summary>
/// RFC 8785 (JSON Canonicalization Scheme) for facts: members in ordinal order, no white space, shortest escapes,
/// whole numbers as digits. Fact names are ASCII, so their order as UTF-16 is their ordinal order.
/// </summary>
internal static class CanonicalJson
{
    private static readonly SearchValues<char> NeedsEscape = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(c => (char)c), '"', '\\']);

    public static byte[] WriteBytes(FactSet facts) => Encoding.UTF8.GetBytes(Write(facts));

    public static string Write(FactSet facts)
    {
        var text = new StringBuilder();
        Append(text, facts);
        return text.ToString();
    }

    public static string Write(FactValue value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, FactSet facts)
    {
        text.Append('{');
        var first = true;
        foreach (ref readonly var entry in facts.Entries)
        {
            text.Append(first ? "\"" : ",\"").Append(entry.Fact.Name).Append("\":");
            Append(text, entry.Value);
            first = false;
        }

        text.Append('}');
    }

    private static void Append(StringBuilder text, FactValue value)
    {
        switch (value.Kind)
        {
            case FactValue.FactValueKind.Boolean:
                text.Append(value.Number != 0 ? "true" : "false");
                break;
            case FactValue.FactValueKind.Integer:
                text.Append(value.Number.ToString(CultureInfo.InvariantCulture));
                break;
            case FactValue.FactValueKind.Date:
                text.Append('"').Append(DateOnly.FromDayNumber((int)value.Number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append('"');
                break;
            case FactValue.FactValueKind.Code:
                AppendText(text, value.Text);
                break;
            case FactValue.FactValueKind.Codes:
                AppendList(text, value.Items, AppendText);
                break;
            case FactValue.FactValueKind.Integers:
                AppendList(text, value.Numbers, static (to, number) => to.Append(number.ToString(CultureInfo.InvariantCulture)));
                break;
            default:
                AppendList(text, value.Objects, Append);
                break;
        }
    }

    private static void AppendList<T>(StringBuilder text, IEnumerable<T> items, Action<StringBuilder, T> append)
    {
        text.Append('[');
        var first = true;
        foreach (var item in items)
        {
            if (!first)
            {
                text.Append(',');
            }

            append(text, item);
            first = false;
        }

        text.Append(']');
    }

    private static void AppendText(StringBuilder text, string value)
    {
        text.Append('"');
        if (value.AsSpan().IndexOfAny(NeedsEscape) < 0)
        {
            text.Append(value);
        }
        else
        {
            foreach (var c in value)
            {
                AppendEscaped(text, c);
            }
        }

        text.Append('"');
    }

    private static void AppendEscaped(StringBuilder text, char c)
    {
        _ = c switch
        {
            '"' => text.Append("\\\""),
            '\\' => text.Append("\\\\"),
            '\b' => text.Append("\\b"),
            '\f' => text.Append("\\f"),
            '\n' => text.Append("\\n"),
            '\r' => text.Append("\\r"),
            '\t' => text.Append("\\t"),
            < ' ' => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
            _ => text.Append(c),
        };
    }
}
