using System.Text;
using BriData.Ledger.Canonical;
using CsCheck;

namespace BriData.Ledger.Tests.Canonical;

public sealed class CanonicalScannerTests
{
    // What canonical texts are made of, and what they must not have.
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ":", ",", "\"", "\"a\"", "\"b\"", "\"é\"", "\"😀\"", "\"\ufb33\"", "\"\\n\"", "\"\\u000a\"", "\"\\u001f\"", "\"\\u001F\"", "\"\\/\"", "\\", "\"\\\"\"",
        "0", "-0", "1", "01", "-1", "1.0", "1.5", "1e3", "1e+30", "1E30", "0.000001", "1e-7", "123456789012345", "9007199254740993", "1e400", "true", "false", "null", "nul", " ", "\n", "\u0001",
        "{\"a\":1,\"b\":2}", "{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":2}", "{\"\":1,\"a\":{}}", "{\"\\n\":1,\"\\r\":2}", "{\"😀\":1,\"\ufb33\":2}", "{\"\ufb33\":1,\"😀\":2}", "{\"a\":1,}", "[1,]",
    ];

    [Fact]
    public void IsCanonical_AnyText_AgreesWithTheWriter() => Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 6].Sample(
        pieces => Agrees(Encoding.UTF8.GetBytes(string.Concat(pieces))), iter: 50_000);

    [Fact]
    public void IsCanonical_AnyBytes_AgreesWithTheWriter() => Gen.Byte.Array[0, 12].Sample(Agrees, iter: 20_000);

    [Fact]
    public void IsCanonical_OneByteOfACanonicalTextChanged_AgreesWithTheWriter()
    {
        var text = CanonicalJson.Canonicalize("""{"at":"2026-06-15T08:30:00.125Z","n":[1,-2.5,1e-7,12345678901234567890],"s":"é\u0001\n\"\\/😀","t":{"a":true,"b":false,"c":null}}"""u8);
        Assert.True(CanonicalScanner.IsCanonical(text));
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
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void IsCanonical_Nesting_IsBounded(int depth, bool canonical)
    {
        var text = Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        Assert.Equal(canonical, CanonicalScanner.IsCanonical(text));
        Agrees(text);
    }

    private static void Agrees(byte[] text) =>
        Assert.True(CanonicalJson.IsCanonical(text) == CanonicalScanner.IsCanonical(text), $"They differ over: {Convert.ToHexString(text)} {Encoding.UTF8.GetString(text)}");
}
