using System.Buffers;
using System.Text;
using BriData.Ledger.Canonical;

namespace BriData.Ledger.Tests.Canonical;

public sealed class CanonicalJsonWriterTests
{
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly CanonicalJsonWriter _writer;

    public CanonicalJsonWriterTests() => _writer = new CanonicalJsonWriter(_output);

    private string Written => Encoding.UTF8.GetString(_output.WrittenSpan);

    /// <summary>The file is the same entry, sorted and written by an ECMAScript engine (V8).</summary>
    [Fact]
    public void Entry_WrittenDirectly_IsTheGoldenCanonicalForm()
    {
        WriteEntry(_writer);

        Assert.Equal(GoldenFiles.Text("entry.json"), Written);
        Assert.True(CanonicalJson.IsCanonical(_output.WrittenSpan));
        Assert.Equal("7bb780fd4add99ab22d9c4e9f7332b176fe78bd6d3d01a7a7353f43763acf4ac", Hash256.OfSha256(_output.WrittenSpan).ToString());
    }

    [Fact]
    public void Reused_AfterReset_AllocatesNothing()
    {
        WriteEntry(_writer);
        _output.ResetWrittenCount();
        _writer.Reset(_output);
        var before = GC.GetAllocatedBytesForCurrentThread();

        WriteEntry(_writer);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Conveniences_ForTextAndUtf8Names_WriteTheSame()
    {
        _writer.WriteStartArray();
        _writer.WriteStartObject();
        _writer.WriteStartArray("a");
        _writer.WriteEndArray();
        _writer.WriteBoolean("b", true);
        _writer.WriteInt64("c", -1);
        _writer.WriteNull("d");
        _writer.WriteStartObject("e");
        _writer.WriteEndObject();
        _writer.WriteRaw("f", "[1]"u8);
        _writer.WriteString("g", "x");
        _writer.WriteEndObject();
        _writer.WriteStartObject();
        _writer.WriteStartArray("a"u8);
        _writer.WriteEndArray();
        _writer.WriteBoolean("b"u8, true);
        _writer.WriteInt64("c"u8, -1);
        _writer.WriteNull("d"u8);
        _writer.WriteStartObject("e"u8);
        _writer.WriteEndObject();
        _writer.WriteRaw("f"u8, "[1]"u8);
        _writer.WriteString("g"u8, "x");
        _writer.WriteEndObject();
        _writer.WriteEndArray();

        const string one = """{"a":[],"b":true,"c":-1,"d":null,"e":{},"f":[1],"g":"x"}""";
        Assert.Equal($"[{one},{one}]", Written);
        Assert.True(_writer.IsComplete);
    }

    [Theory]
    [InlineData("b", "a", CanonicalJsonError.NameOrder)]
    [InlineData("aa", "a", CanonicalJsonError.NameOrder)]
    [InlineData("a", "A", CanonicalJsonError.NameOrder)]
    [InlineData("\ufb33", "😀", CanonicalJsonError.NameOrder)]
    [InlineData("a", "a", CanonicalJsonError.DuplicateName)]
    [InlineData("", "", CanonicalJsonError.DuplicateName)]
    public void WriteName_NotAscending_IsRefused(string first, string second, CanonicalJsonError code)
    {
        _writer.WriteStartObject();
        _writer.WriteNull(first);

        Assert.Equal(code, Assert.Throws<CanonicalJsonException>(() => _writer.WriteName(second)).Code);
        Assert.Equal(code, Assert.Throws<CanonicalJsonException>(() => _writer.WriteName(Encoding.UTF8.GetBytes(second))).Code);
    }

    [Fact]
    public void WriteName_OrderIsKeptPerObject()
    {
        _writer.WriteStartObject();
        _writer.WriteStartObject("m");
        _writer.WriteInt64("a", 1);
        _writer.WriteStartObject("z");
        _writer.WriteEndObject();
        _writer.WriteEndObject();
        _writer.WriteInt64("n", 2);

        Assert.Equal(CanonicalJsonError.NameOrder, Assert.Throws<CanonicalJsonException>(() => _writer.WriteName("b")).Code);
        _writer.WriteEndObject();
        Assert.Equal("""{"m":{"a":1,"z":{}},"n":2}""", Written);
    }

    [Fact]
    public void WriteName_LongNames_AreCompared()
    {
        var name = new string('x', 5000);
        _writer.WriteStartObject();
        _writer.WriteNull(name);
        _writer.WriteNull(Encoding.UTF8.GetBytes(name + "a"));

        Assert.Equal(CanonicalJsonError.DuplicateName, Assert.Throws<CanonicalJsonException>(() => _writer.WriteName(name + "a")).Code);
    }

    [Theory]
    [InlineData(9007199254740991, true)]
    [InlineData(-9007199254740991, true)]
    [InlineData(9007199254740992, false)]
    [InlineData(-9007199254740992, false)]
    [InlineData(long.MinValue, false)]
    public void WriteInt64_OnlyWhatADoubleHoldsExactly(long value, bool allowed)
    {
        var error = Record.Exception(() => _writer.WriteInt64(value));

        Assert.Equal(allowed ? null : CanonicalJsonError.NumberOutOfRange, (error as CanonicalJsonException)?.Code);
        Assert.Equal(allowed, error is null);
    }

    // Attributes cannot hold such text: their strings are UTF-8.
    [Theory]
    [InlineData(0xd800)]
    [InlineData(0x61, 0xdc00, 0x62)]
    [InlineData(1, 0xd83d)]
    public void LoneSurrogate_IsRefused(params int[] codeUnits)
    {
        var text = string.Concat(codeUnits.Select(unit => (char)unit));
        _writer.WriteStartObject();

        Assert.Equal(CanonicalJsonError.LoneSurrogate, Assert.Throws<CanonicalJsonException>(() => _writer.WriteName(text)).Code);
        Assert.Equal(CanonicalJsonError.LoneSurrogate, Assert.Throws<CanonicalJsonException>(() => new CanonicalJsonWriter(_output).WriteString(text)).Code);
    }

    [Fact]
    public void NameThatIsNotUtf8_IsRefused()
    {
        _writer.WriteStartObject();

        Assert.Equal(CanonicalJsonError.InvalidUtf8, Assert.Throws<CanonicalJsonException>(() => _writer.WriteName([0xff])).Code);
    }

    [Fact]
    public void CallsThatGiveNoJson_AreRefused()
    {
        Assert.Throws<InvalidOperationException>(() => _writer.WriteName("a"));
        Assert.Throws<InvalidOperationException>(_writer.WriteEndObject);
        _writer.WriteStartObject();
        Assert.Throws<InvalidOperationException>(_writer.WriteNull);
        Assert.Throws<InvalidOperationException>(_writer.WriteEndArray);
        _writer.WriteName("a");
        Assert.Throws<InvalidOperationException>(() => _writer.WriteName("b"));
        Assert.Throws<InvalidOperationException>(_writer.WriteEndObject);
        _writer.WriteStartArray();
        Assert.Throws<InvalidOperationException>(() => _writer.WriteName("c"));
        _writer.WriteEndArray();
        Assert.False(_writer.IsComplete);
        _writer.WriteEndObject();
        Assert.True(_writer.IsComplete);
        Assert.Throws<InvalidOperationException>(_writer.WriteNull);
        Assert.Equal("""{"a":[]}""", Written);
    }

    [Fact]
    public void Nesting_IsBounded()
    {
        for (var i = 0; i < CanonicalJson.MaxDepth; i++)
        {
            _writer.WriteStartArray();
        }

        Assert.Equal(CanonicalJsonError.TooDeep, Assert.Throws<CanonicalJsonException>(_writer.WriteStartArray).Code);
    }

    private static void WriteEntry(CanonicalJsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("agreement"u8, "cn-kz-customs");
        writer.WriteString("at"u8, "2026-06-15T08:00:00.25Z");
        writer.WriteStartObject("by"u8);
        writer.WriteString("agency"u8, "customs");
        writer.WriteString("country"u8, "KZ");
        writer.WriteString("officer"u8, "7f3a");
        writer.WriteEndObject();
        writer.WriteInt64("counter"u8, 41);
        writer.WriteString("dataset"u8, "CN/customs/declarations");
        writer.WriteStartObject("decision"u8);
        writer.WriteString("code"u8, "BRI1001");
        writer.WriteStartArray("obligations"u8);
        writer.WriteString("LOG_ACCESS");
        writer.WriteString("DELETE_AFTER");
        writer.WriteEndArray();
        writer.WriteString("outcome"u8, "PermitWithObligations");
        writer.WriteString("reason"u8, "Zweck \"Außenhandel\" – 海关\n\u0001\u007f😀");
        writer.WriteStartArray("rules"u8);
        WriteRule(writer, "CN", "dsl-36", "matched");
        WriteRule(writer, "KZ", "pd-16", "notMatched");
        WriteRule(writer, "agreement", "t-1", "matched");
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteString("exporter"u8, "CN/customs");
        writer.WriteBoolean("final"u8, false);
        writer.WriteString("importer"u8, "KZ/customs");
        writer.WriteString("kind"u8, "transfer.requested");
        writer.WriteStartArray("parties"u8);
        writer.WriteString("CN");
        writer.WriteString("KZ");
        writer.WriteEndArray();
        writer.WriteInt64("quota"u8, -9007199254740991);
        writer.WriteNull("remedy"u8);
        writer.WriteString("transfer"u8, "cn-kz-customs:42");
        writer.WriteInt64("v"u8, 1);
        writer.WriteEndObject();
    }

    private static void WriteRule(CanonicalJsonWriter writer, string source, string id, string result)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, id);
        writer.WriteString("result"u8, result);
        writer.WriteString("source"u8, source);
        writer.WriteEndObject();
    }
}
