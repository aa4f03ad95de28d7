using System.Globalization;
using System.Text.Json;

namespace BriData.Policy.RulePacks.Reading;

/// <summary>Scalars as values: plain <c>true</c>, <c>false</c> and digits are typed, all else is text.</summary>
internal static class YamlValues
{
    public static bool? AsBoolean(YamlItem item) => item is YamlScalar { IsPlain: true } scalar
        ? scalar.Value switch { "true" => true, "false" => false, _ => null }
        : null;

    public static long? AsInteger(YamlItem item) =>
        item is YamlScalar { IsPlain: true } scalar
        && long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The item as JSON, so that facts in a pack are read by the same reader as facts in a request.</summary>
    public static byte[] ToJson(YamlItem item)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, item);
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, YamlItem item)
    {
        switch (item)
        {
            case YamlMap map:
                writer.WriteStartObject();
                foreach (var (key, value) in map.Members)
                {
                    writer.WritePropertyName(key.Value);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case YamlList list:
                writer.WriteStartArray();
                foreach (var element in list.Items)
                {
                    Write(writer, element);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteScalar(writer, (YamlScalar)item);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, YamlScalar scalar)
    {
        if (AsBoolean(scalar) is { } flag)
        {
            writer.WriteBooleanValue(flag);
        }
        else if (AsInteger(scalar) is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(scalar.Value);
        }
    }
}
