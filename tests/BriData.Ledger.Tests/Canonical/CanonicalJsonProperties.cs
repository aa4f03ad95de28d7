using System.Text.Json;
using System.Text.Json.Nodes;
using BriData.Ledger.Canonical;
using CsCheck;

namespace BriData.Ledger.Tests.Canonical;

public sealed class CanonicalJsonProperties
{
    private static readonly string[] Odd = ["é", "€", "\ufb33", "😀", "\u2028", "海关", "\"\\/", "\u0000\u001f"];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char['a', 'e'], 0, 4],
        Gen.String[Gen.Char['\0', '\u007f'], 0, 6],
        Gen.Int[0, Odd.Length - 1].Select(i => Odd[i]));

    private static readonly Gen<JsonNode?> Leaf = Gen.OneOf(
        Text.Select(t => (JsonNode?)JsonValue.Create(t)),
        Gen.Double.Where(double.IsFinite).Select(d => (JsonNode?)JsonValue.Create(d)),
        Gen.Long[-JcsNumber.MaxSafeInteger, JcsNumber.MaxSafeInteger].Select(n => (JsonNode?)JsonValue.Create(n)),
        Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b)),
        Gen.Const((JsonNode?)null));

    private static readonly Gen<JsonNode?> Tree = Gen.Recursive<JsonNode?>((depth, self) => depth == 4
        ? Leaf
        : Gen.Frequency(
            (2, Leaf),
            (1, self.List[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(Copy)]))),
            (2, Gen.Dictionary(Text, self)[0, 5].Select(members => (JsonNode?)new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Copy(m.Value))))))));

    [Fact]
    public void Canonicalize_IsIdempotentAndKeepsMeaning() => Tree.Sample(node =>
    {
        var once = CanonicalJson.Canonicalize(Encode(node));
        Assert.Equal(once, CanonicalJson.Canonicalize(once));
        Assert.True(CanonicalJson.IsCanonical(once));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(once), JsonNode.Parse(Encode(node))));
    });

    [Fact]
    public void Canonicalize_MembersInAnyOrder_GiveTheSameBytes() => Gen.Select(Tree, Gen.Int).Sample((node, seed) =>
        Assert.Equal(CanonicalJson.Canonicalize(Encode(node)), CanonicalJson.Canonicalize(Encode(Shuffle(node, new Random(seed))))));

    [Fact]
    public void Writer_MembersInOrder_WritesTheCanonicalForm() => Tree.Sample(node =>
    {
        // Doubles are the one kind that the writer does not write itself.
        var writer = new CanonicalJsonWriter();
        Write(writer, node);
        Assert.True(writer.IsComplete);
        Assert.True(CanonicalJson.IsCanonical(writer.Written));
        Assert.Equal(CanonicalJson.Canonicalize(Encode(node)), writer.Written.ToArray());
    });

    [Fact]
    public void IsCanonical_AnyBytes_NeverThrows() => Gen.Byte.Array[0, 40].Sample(bytes =>
    {
        var canonical = CanonicalJson.IsCanonical(bytes);
        Assert.True(!canonical || CanonicalJson.Canonicalize(bytes).AsSpan().SequenceEqual(bytes));
    });

    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    private static byte[] Encode(JsonNode? node) => node is null ? "null"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(node);

    private static JsonNode? Shuffle(JsonNode? node, Random random) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(_ => random.Next()).Select(m => KeyValuePair.Create(m.Key, Shuffle(m.Value, random)))),
        JsonArray a => new JsonArray([.. a.Select(item => Shuffle(item, random))]),
        _ => Copy(node),
    };

    private static void Write(CanonicalJsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNull();
                break;
            case JsonObject o:
                writer.WriteStartObject();
                foreach (var (name, value) in o.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    writer.WriteName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray a:
                writer.WriteStartArray();
                foreach (var item in a)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValue value when value.TryGetValue<string>(out var text):
                writer.WriteString(text);
                break;
            case JsonValue value when value.TryGetValue<bool>(out var flag):
                writer.WriteBoolean(flag);
                break;
            case JsonValue value when value.TryGetValue<long>(out var number):
                writer.WriteInt64(number);
                break;
            default:
                writer.WriteRaw(CanonicalJson.Canonicalize(Encode(node)));
                break;
        }
    }
}
