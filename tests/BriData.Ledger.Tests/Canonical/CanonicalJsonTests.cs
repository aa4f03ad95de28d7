using System.Globalization;
using System.Text;
using BriData.Ledger.Canonical;

namespace BriData.Ledger.Tests.Canonical;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void Canonicalize_Rfc8785Section322_MatchesPublishedBytes()
    {
        const string input = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        // RFC 8785 section 3.2.4 prints these bytes.
        const string published =
            "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b33333333333333"
            + "33332e333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c"
            + "75303030665c6e4127425c225c5c5c5c5c222f227d";

        var actual = CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(input));

        Assert.Equal(
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
            Encoding.UTF8.GetString(actual));
        Assert.Equal(published, Convert.ToHexStringLower(actual));
    }

    [Fact]
    public void Canonicalize_Rfc8785Section323_SortsByUtf16CodeUnits()
    {
        const string input = """
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
             "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """;

        Assert.Equal(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\","
            + "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
            Canonical(input));
    }

    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Canonicalize_Rfc8785AppendixB_Number(string bits, string expected) => Assert.Equal(expected, Number(bits));

    /// <summary>The file holds IEEE 754 bits and what an ECMAScript engine (V8) writes for them.</summary>
    [Fact]
    public void Canonicalize_NumbersAsEcmaScriptWritesThem()
    {
        foreach (var line in GoldenFiles.Text("es6-numbers.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (bits, expected) = (line[..16], line[17..]);
            Assert.Equal(expected, Number(bits));
            Assert.Equal(expected, Canonical(expected));
        }
    }

    [Theory]
    [InlineData(" [ 1.0 , -0 , 1e2 , 10000000000000000000000 ] ", "[1,0,100,1e+22]")]
    [InlineData("""{"b":{"d":1,"c":2},"a":[{"z":0,"y":[]}]}""", """{"a":[{"y":[],"z":0}],"b":{"c":2,"d":1}}""")]
    [InlineData("""{"aa":1,"a":2,"":3,"A":4}""", """{"":3,"A":4,"a":2,"aa":1}""")]
    [InlineData("""{"a":{},"b":[]}""", """{"a":{},"b":[]}""")]
    [InlineData("\"\\u0008\\u0009\\u000a\\u000c\\u000d\\u001f\\u007f\"", "\"\\b\\t\\n\\f\\r\\u001f\u007f\"")]
    [InlineData("""{"\u0061":1}""", """{"a":1}""")]
    [InlineData("true", "true")]
    [InlineData("\"\"", "\"\"")]
    public void Canonicalize_Value_IsRewritten(string input, string expected)
    {
        Assert.Equal(expected, Canonical(input));
        Assert.True(CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(expected)));
        Assert.Equal(input == expected, CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(input)));
    }

    [Theory]
    [InlineData("", CanonicalJsonError.Syntax, 0)]
    [InlineData("NaN", CanonicalJsonError.Syntax, 0)]
    [InlineData("[Infinity]", CanonicalJsonError.Syntax, 1)]
    [InlineData("{\"a\":1,}", CanonicalJsonError.Syntax, 7)]
    [InlineData("[1] 2", CanonicalJsonError.Syntax, 4)]
    [InlineData("[1,\n 2,\n x]", CanonicalJsonError.Syntax, 9)]
    [InlineData("[01]", CanonicalJsonError.Syntax, 2)]
    [InlineData("[1 // c\n]", CanonicalJsonError.Syntax, 3)]
    [InlineData("\uFEFF{}", CanonicalJsonError.Syntax, 0)]
    [InlineData("{\"a\":1,\"b\":2,\"a\":3}", CanonicalJsonError.DuplicateName, 13)]
    [InlineData("{\"a\":1,\"\\u0061\":3}", CanonicalJsonError.DuplicateName, 7)]
    [InlineData("[\"\\ud800\"]", CanonicalJsonError.LoneSurrogate, 1)]
    [InlineData("[\"\\udc00x\"]", CanonicalJsonError.LoneSurrogate, 1)]
    [InlineData("{\"\\ud83d\":1}", CanonicalJsonError.LoneSurrogate, 1)]
    [InlineData("[1e400]", CanonicalJsonError.NumberOutOfRange, 1)]
    [InlineData("[-1e400]", CanonicalJsonError.NumberOutOfRange, 1)]
    public void Canonicalize_NoCanonicalForm_NamesCodeAndOffset(string input, CanonicalJsonError code, long offset)
    {
        var bytes = Encoding.UTF8.GetBytes(input);

        var refusal = Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Canonicalize(bytes));

        Assert.Equal((code, offset), (refusal.Code, refusal.Offset));
        Assert.False(CanonicalJson.IsCanonical(bytes));
    }

    [Theory]
    [InlineData("5b22ff225d")]
    [InlineData("5b22c0af225d")]
    [InlineData("5b22eda080225d")]
    [InlineData("7b22ff223a317d")]
    public void Canonicalize_NotUtf8_IsRefused(string hex)
    {
        var refusal = Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Canonicalize(Convert.FromHexString(hex)));

        Assert.Equal((CanonicalJsonError.InvalidUtf8, 1L), (refusal.Code, refusal.Offset));
    }

    [Fact]
    public void Canonicalize_Nesting_IsBounded()
    {
        var deepest = new string('[', CanonicalJson.MaxDepth) + new string(']', CanonicalJson.MaxDepth);

        Assert.Equal(deepest, Canonical(deepest));
        Assert.Equal(CanonicalJsonError.TooDeep, Assert.Throws<CanonicalJsonException>(() => Canonical("[" + deepest + "]")).Code);
        Assert.Equal(CanonicalJsonError.TooDeep, Assert.Throws<CanonicalJsonException>(() => Canonical(new string('[', 100_000))).Code);
    }

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)));

    private static string Number(string bits)
    {
        var value = BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return Canonical(value.ToString("E16", CultureInfo.InvariantCulture));
    }
}
