using System.Text;
using System.Text.Json;
using BriData.Ledger.Canonical;
using CsCheck;

namespace BriData.Ledger.Tests.Canonical;

public sealed class CanonicalMembersTests
{
    // What canonical objects are made of, and what they must not have.
    private static readonly string[] Pieces =
    [
        "{", "}", "[]", "{}", ":", ",", "\"a\":", "\"b\":", "\"c\":", "\"é\":", "\"\\n\":", "\"\":", "\"x\"", "\"😀\"", "\"\\\"\"", "\"\\u001f\"", "1", "01", "1.0", "true", "null", "[1,\"}\"]",
        "{\"a\":\",\",\"b\":2}", "{\"b\":1,\"a\":2}", " ", "\\",
    ];

    [Fact]
    public void Members_AnyText_AreThoseOfACanonicalObjectOrItIsNone() => Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 7].Sample(
        pieces => Agrees(Encoding.UTF8.GetBytes(string.Concat(pieces))), iter: 50_000);

    [Fact]
    public void Members_OneByteOfAnObjectChanged_AreThoseOfACanonicalObjectOrItIsNone()
    {
        var text = CanonicalJson.Canonicalize("""{"at":"2026-06-15T08:30:00.125Z","n":[1,-2.5,1e-7],"s":"é\u0001\n\"\\/😀","t":{"a":true,"b":false,"c":null}}"""u8);
        Assert.Equal(4, Read(text).Count);
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Byte).Sample(
            (at, value) =>
            {
                var changed = text.ToArray();
                changed[at] = value;
                Agrees(changed);
            },
            iter: 30_000);
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", 1)]
    [InlineData("""{"b":1,"a":2,"c":3}""", 1)]
    [InlineData("""{"a":1}{"b":2}""", 1)]
    [InlineData("""{"a":1,}""", 1)]
    [InlineData("""["a"]""", 0)]
    public void MoveNext_BehindWhatIsNotCanonical_StaysThere(string json, int before)
    {
        var members = new CanonicalMembers(Encoding.UTF8.GetBytes(json));
        var read = 0;
        for (var i = 0; i < 10; i++)
        {
            read += members.MoveNext() ? 1 : 0;
        }

        Assert.Equal(before, read);
        Assert.False(members.IsCanonical);
    }

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"KZ\"", "KZ")]
    [InlineData("\"a\\n\\\"é\"", "a\n\"é")]
    [InlineData("null", null)]
    [InlineData("12", null)]
    [InlineData("", null)]
    public void TextOf_AnyValue_IsTheStringOrNothing(string value, string? text) => Assert.Equal(text, CanonicalMembers.TextOf(Encoding.UTF8.GetBytes(value)));

    private static void Agrees(byte[] text)
    {
        var members = new CanonicalMembers(text);
        while (members.MoveNext())
        {
        }

        var expected = text is [(byte)'{', ..] && CanonicalJson.IsCanonical(text);
        Assert.True(expected == members.IsCanonical, $"Wrong about: {Convert.ToHexString(text)} {Encoding.UTF8.GetString(text)}");
        if (expected)
        {
            using var document = JsonDocument.Parse(text);
            Assert.Equal(document.RootElement.EnumerateObject().Select(m => (m.Name, m.Value.GetRawText())), Read(text));
        }
    }

    private static List<(string Name, string Value)> Read(byte[] text)
    {
        var read = new List<(string, string)>();
        var members = new CanonicalMembers(text);
        while (members.MoveNext())
        {
            read.Add((CanonicalMembers.TextOf([(byte)'"', .. members.Name, (byte)'"'])!, Encoding.UTF8.GetString(members.Value)));
        }

        return read;
    }
}
