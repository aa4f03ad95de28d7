using System.Text.Json.Serialization;

namespace BriData.Contracts;

/// <summary>A JSON value carried as its UTF-8 text, for content whose shape the rule vocabulary defines.</summary>
[GenerateSerializer, Immutable, Alias("bridata.json")]
[JsonConverter(typeof(JsonTextConverter))]
public readonly record struct JsonText([property: Id(0)] ReadOnlyMemory<byte> Utf8)
{
    /// <summary>The empty object.</summary>
    public static JsonText EmptyObject { get; } = new("{}"u8.ToArray());

    public bool Equals(JsonText other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }
}
