using System.Text;
using System.Text.Json;
using BriData.Entries.Events;

namespace BriData.Entries.Tests.Events;

/// <summary>Which documents a mirror must hold beside the entries, or decisions cannot be made again offline.</summary>
public sealed class EntryDocumentsTests
{
    private const string Digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    [Theory]
    [InlineData("country.scheme.put", 1)]
    [InlineData("rulepack.drafted", 1)]
    [InlineData("context.country", 2)]
    public void NamedBy_EntryThatNamesDocuments_GivesTheirDigests(string kind, int count)
    {
        var named = EntryDocuments.NamedBy(EventEncoder.Encode(EventSamples.All().First(e => EventCatalog.Of(e.Data).Kind == kind))).ToArray();

        Assert.Equal(count, named.Length);
        Assert.All(named, digest => Assert.Equal(Digest, digest.ToString()));
    }

    [Fact]
    public void NamedBy_EveryKind_MissesNoMemberThatIsADigest() =>
        Assert.All(EventSamples.All(), sample =>
        {
            var body = EventEncoder.Encode(sample);
            using var json = JsonDocument.Parse(body);
            Assert.Equal(Digests(json.RootElement.GetProperty("data")), EntryDocuments.NamedBy(body).Count());
        });

    [Fact]
    public void NamedBy_KindOfALaterVersion_NamesNone() =>
        Assert.Empty(EntryDocuments.NamedBy("""{"data":{"digest":"x"},"kind":"no.such.kind","v":9}"""u8.ToArray()));

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"kind":7}""")]
    [InlineData("""{"at":"2026-06-15T08:30:00.125Z","data":{"digest":"short","schemeVersion":"1"},"kind":"country.scheme.put","parties":[],"v":1}""")]
    [InlineData("""{"at":"2026-06-15T08:30:00.125Z","data":{},"kind":"rulepack.drafted","parties":[],"v":2}""")]
    public void NamedBy_WhatIsNoEntry_IsRefused(string body) =>
        Assert.Throws<UnreadableEntryException>(() => EntryDocuments.NamedBy(Encoding.UTF8.GetBytes(body)));

    private static int Digests(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Sum(m => (m.Name.EndsWith("igest", StringComparison.Ordinal) && m.Value.ValueKind == JsonValueKind.String ? 1 : 0) + Digests(m.Value)),
        JsonValueKind.Array => element.EnumerateArray().Sum(Digests),
        _ => 0,
    };
}
