using System.Text;
using BriData.Ledger.Canonical;

namespace BriData.Ledger.Tests.Canonical;

public sealed class CanonicalJsonWriterTests
{
    private readonly CanonicalJsonWriter _writer = new();

    private string Written => Encoding.UTF8.GetString(_writer.Written);

    /// <summary>The file is the same entry, sorted and written by an ECMAScript engine (V8).</summary>
    [Fact]
    public void Entry_WrittenDirectly_IsTheGoldenCanonicalForm()
    {
        WriteEntry(_writer);

        Assert.Equal(GoldenFiles.Text("entry.json"), Written);
        Assert.True(CanonicalJson.IsCanonical(_writer.Written));
        Assert.Equal("7bb780fd4add99ab22d9c4e9f7332b176fe78bd6d3d01a7a7353f43763acf4ac", Hash256.OfSha256(_writer.Written).ToString());
    }

    [Fact]
    public void Reused_AfterReset_AllocatesNothing()
    {
        WriteEntry(_writer);
        _writer.Reset();
        var before = GC.GetAllocatedBytesForCurrentThread();

        WriteEntry(_writer);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void NameAndValue_InOneCall_AreWrittenAsInTwo()
    {
        _writer.WriteStartObject();
        _writer.WriteStartArray("a");
        _writer.WriteEndArray();
        _writer.WriteStartObject("e");
        _writer.WriteEndObject();
        _writer.WriteRaw("f", "[1]"u8);
        _writer.WriteString("g", "x");
        _writer.WriteEndObject();

        Assert.Equal("""{"a":[],"e":{},"f":[1],"g":"x"}""", Written);
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
        _writer.WriteName(first);
        _writer.WriteNull();

        Assert.Equal(code, Assert.Throws<CanonicalJsonException>(() => _writer.WriteName(second)).Code);
        Assert.Equal(code, Assert.Throws<CanonicalJsonException>(() => _writer.WriteName(new CanonicalName(second))).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("dataset")]
    [InlineData("a\"b\\c\n\u0001")]
    [InlineData("Qazaqstan: \u049a\u0430\u0437\u0430\u049b\u0441\u0442\u0430\u043d 😀")]
    public void WriteName_MadeOnce_IsWrittenAsTheText(string text)
    {
        var name = new CanonicalName(text);

        Assert.Equal(text, name.Text);
        Assert.Equal(Member(() => _writer.WriteName(text)), Member(() => _writer.WriteName(name)));

        string Member(Action write)
        {
            _writer.Reset();
            _writer.WriteStartObject();
            write();
            _writer.WriteInt64(1);
            _writer.WriteEndObject();
            return Written;
        }
    }

    [Fact]
    public void WriteName_OrderIsKeptPerObject()
    {
        _writer.WriteStartObject();
        _writer.WriteStartObject("m");
        _writer.WriteName("a");
        _writer.WriteInt64(1);
        _writer.WriteStartObject("z");
        _writer.WriteEndObject();
        _writer.WriteEndObject();
        _writer.WriteName("n");
        _writer.WriteInt64(2);

        Assert.Equal(CanonicalJsonError.NameOrder, Assert.Throws<CanonicalJsonException>(() => _writer.WriteName("b")).Code);
        _writer.WriteEndObject();
        Assert.Equal("""{"m":{"a":1,"z":{}},"n":2}""", Written);
    }

    [Fact]
    public void WriteName_LongNames_AreCompared()
    {
        var name = new string('x', 5000);
        _writer.WriteStartObject();
        _writer.WriteName(name);
        _writer.WriteNull();
        _writer.WriteName(name + "a");
        _writer.WriteNull();

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
        Assert.Throws<ArgumentException>(() => new CanonicalName(text));
        Assert.Equal(CanonicalJsonError.LoneSurrogate, Assert.Throws<CanonicalJsonException>(() => new CanonicalJsonWriter().WriteString(text)).Code);
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
        writer.WriteString("agreement", "cn-kz-customs");
        writer.WriteString("at", "2026-06-15T08:00:00.25Z");
        writer.WriteStartObject("by");
        writer.WriteString("agency", "customs");
        writer.WriteString("country", "KZ");
        writer.WriteString("officer", "7f3a");
        writer.WriteEndObject();
        writer.WriteName("counter");
        writer.WriteInt64(41);
        writer.WriteString("dataset", "CN/customs/declarations");
        writer.WriteStartObject("decision");
        writer.WriteString("code", "BRI1001");
        writer.WriteStartArray("obligations");
        writer.WriteString("LOG_ACCESS");
        writer.WriteString("DELETE_AFTER");
        writer.WriteEndArray();
        writer.WriteString("outcome", "PermitWithObligations");
        writer.WriteString("reason", "Zweck \"Außenhandel\" – 海关\n\u0001\u007f😀");
        writer.WriteStartArray("rules");
        WriteRule(writer, "CN", "dsl-36", "matched");
        WriteRule(writer, "KZ", "pd-16", "notMatched");
        WriteRule(writer, "agreement", "t-1", "matched");
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteString("exporter", "CN/customs");
        writer.WriteName("final");
        writer.WriteBoolean(false);
        writer.WriteString("importer", "KZ/customs");
        writer.WriteString("kind", "transfer.requested");
        writer.WriteStartArray("parties");
        writer.WriteString("CN");
        writer.WriteString("KZ");
        writer.WriteEndArray();
        writer.WriteName("quota");
        writer.WriteInt64(-9007199254740991);
        writer.WriteName("remedy");
        writer.WriteNull();
        writer.WriteString("transfer", "cn-kz-customs:42");
        writer.WriteName("v");
        writer.WriteInt64(1);
        writer.WriteEndObject();
    }

    private static void WriteRule(CanonicalJsonWriter writer, string source, string id, string result)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("result", result);
        writer.WriteString("source", source);
        writer.WriteEndObject();
    }
}
