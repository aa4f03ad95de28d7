using System.Text;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Canonical;
using BriData.Ledger.Storage;

namespace BriData.Entries.Tests.Events;

/// <summary>What ledgers hold must be readable for ever: the golden file has one entry of each kind as first written.</summary>
public sealed class EventEncodingTests
{
    private static readonly string GoldenFile = Path.Combine(AppContext.BaseDirectory, "Golden", "entries.jsonl");

    public static TheoryData<string> Kinds => [.. EventCatalog.AllKinds];

    [Fact]
    public void Encode_EveryKind_GivesTheGoldenBytes()
    {
        var written = string.Concat(EventSamples.All().Select(e => Encoding.UTF8.GetString(EventEncoder.Encode(e)) + "\n"));

        Assert.Equal(File.ReadAllText(GoldenFile), written);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decode_GoldenEntry_GivesBackTheSameBytes(string kind)
    {
        var lines = File.ReadLines(GoldenFile).Where(l => l.Contains($"\"kind\":\"{kind}\"", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Equal(line, Encoding.UTF8.GetString(EventEncoder.Encode(EventDecoder.Decode(Encoding.UTF8.GetBytes(line))))));
    }

    [Fact]
    public void Encode_EveryKind_IsCanonicalAndIndexable()
    {
        foreach (var sample in EventSamples.All())
        {
            var bytes = EventEncoder.Encode(sample);
            var record = AuditProjection.Read(LedgerId.Parse("agreement/cn-kz-customs"), new StoredEntry(3, bytes, default, default));
            Assert.True(CanonicalJson.IsCanonical(bytes));
            Assert.Equal(sample.At, record.At);
            Assert.Equal(["CN", "KZ"], record.Parties);
            Assert.Equal("cn-kz-customs:42", record.Transfer);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"at":"2026-06-15T08:30:00.125Z","data":{},"kind":"no.such.kind","parties":[],"v":1}""")]
    [InlineData("""{"at":"2026-06-15T08:30:00.125Z","data":{},"kind":"transfer.accepted","parties":[],"v":2}""")]
    [InlineData("""{"at":"yesterday","data":{},"kind":"transfer.accepted","parties":[],"v":1}""")]
    [InlineData("""{"at":"2026-06-15T08:30:00.125Z","data":{"new":1},"kind":"transfer.accepted","parties":[],"v":1}""")]
    public void Decode_AnythingElse_IsRefusedNotSkipped(string body) =>
        Assert.Throws<UnreadableEntryException>(() => EventDecoder.Decode(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void CountryContext_WithWitnesses_IsReadBackAndWithoutThemSaysNothingOfThem()
    {
        var sample = EventSamples.All().First(e => e.Data is CountryContextTaken);
        var list = ((WitnessesPut)EventSamples.All().Single(e => e.Data is WitnessesPut).Data).Witnesses;
        var named = sample with { Data = new CountryContextTaken(((CountryContextTaken)sample.Data).Context with { Witnesses = list }) };

        var read = ((CountryContextTaken)EventDecoder.Decode(EventEncoder.Encode(named)).Data).Context.Witnesses;

        Assert.Equal(list.Quorum, read!.Quorum);
        Assert.Equal(list.Witnesses, read.Witnesses);
        Assert.DoesNotContain("witness", Encoding.UTF8.GetString(EventEncoder.Encode(sample)), StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_CoverEveryKind() =>
        Assert.Equal(EventCatalog.AllKinds.Order(), EventSamples.All().Select(e => EventCatalog.Of(e.Data).Kind).Distinct().Order());
}
