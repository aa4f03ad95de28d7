using System.Text;
using System.Text.Json.Nodes;
using BriData.Entries.Events;
using BriData.Entries.Tests.Events;
using BriData.Entries.Visibility;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Canonical;
using BriData.Ledger.Storage;

namespace BriData.Entries.Tests.Visibility;

/// <summary>A regulator reads its own side. The samples: CN exports, KZ imports and acts.</summary>
public sealed class EntryLimiterTests
{
    private const string Decision =
        """
        {"approvals":[{"country":"CN","role":"approver","rule":"cn-9"},{"country":"KZ","role":"approver","rule":"kz-9"}],
        "code":"MECHANISM_MISSING","kind":"NotPermitted","mechanisms":["CN_STANDARD_CONTRACT","SCC"],
        "missing":[{"kind":"fact","name":"a","source":"exporter"},{"kind":"fact","name":"b","source":"requester"},{"kind":"fact","name":"c","source":"platform"}],
        "obligations":["KEEP_RECORDS"],"outcome":"Deny","reason":"It lacks CN_STANDARD_CONTRACT.",
        "remedy":{"changes":[],"text":"CN"},
        "rules":[
          {"citation":"CAC Order 16","decidedBy":[],"id":"cn-1","outcome":null,"result":"matched","source":"CN"},
          {"citation":"FTZ list","decidedBy":[],"id":"ftz-1","outcome":null,"result":"matched","source":"CN-FTZ-SHANGHAI"},
          {"citation":"Law 94-V","decidedBy":[],"id":"kz-1","outcome":null,"result":"matched","source":"KZ"},
          {"citation":"Union law","decidedBy":[],"id":"eu-1","outcome":null,"result":"matched","source":"EU"},
          {"citation":"clause 1","decidedBy":[],"id":"all","outcome":null,"result":"matched","source":"agreement"},
          {"citation":"","decidedBy":[],"id":"suspended","outcome":null,"result":"notMatched","source":"platform"}],
        "versions":{"agreement":1,"dataset":2,"engine":"1","exporterPack":"CN 2026.1#aa","importerPack":"KZ 2026.1#bb","scheme":"CN#cc"}}
        """;

    [Fact]
    public void Request_ForTheExportersRegulator_HidesTheImportersOfficerStatementAndLaw()
    {
        var (entry, redacted) = Limit(Sample("transfer.requested"), "CN");

        Assert.Null(entry["by"]!["officer"]);
        Assert.Null(entry["by"]!["agency"]);
        Assert.Null(entry["op"]);
        Assert.Null(entry["data"]!["facts"]);
        Assert.Null(entry["data"]!["legalBasis"]);
        Assert.NotNull(entry["data"]!["totals"]);
        Assert.Equal(["cn-1", "ftz-1", "all", "suspended"], Items(entry, "rules", "id"));
        Assert.Equal(["a", "c"], Items(entry, "missing", "name"));
        Assert.Equal("cn-9", entry["decision"]!["approvals"]![0]!["rule"]!.GetValue<string>());
        Assert.Null(entry["decision"]!["approvals"]![1]!["rule"]);
        Assert.Null(entry["decision"]!["versions"]!["importerPack"]);
        Assert.NotNull(entry["decision"]!["versions"]!["exporterPack"]);
        Assert.Equal(
            [
                "/by/agency", "/by/officer", "/data/facts", "/data/legalBasis", "/decision/approvals/1/rule", "/decision/missing",
                "/decision/reason", "/decision/remedy", "/decision/rules", "/decision/versions/importerPack", "/op",
            ],
            redacted);
    }

    [Fact]
    public void Request_ForTheImportersRegulator_HidesTheExportersTotalsAndLaw()
    {
        var (entry, redacted) = Limit(Sample("transfer.requested"), "KZ");

        Assert.Equal(["kz-1", "all", "suspended"], Items(entry, "rules", "id"));
        Assert.Equal(["b", "c"], Items(entry, "missing", "name"));
        Assert.Equal("""["SCC"]""", entry["decision"]!["mechanisms"]!.ToJsonString());
        Assert.Null(entry["data"]!["totals"]);
        Assert.NotNull(entry["by"]!["officer"]);
        Assert.NotNull(entry["data"]!["facts"]);
        Assert.Equal(
            [
                "/data/totals", "/decision/approvals/0/rule", "/decision/mechanisms", "/decision/missing", "/decision/reason", "/decision/remedy",
                "/decision/rules", "/decision/versions/exporterPack", "/decision/versions/scheme",
            ],
            redacted);
    }

    [Fact]
    public void Request_ForAMembersRegulator_ShowsTheUnionsLaw() =>
        Assert.Equal(["eu-1", "all", "suspended"], Items(Limit(Sample("transfer.requested"), "DE").Entry, "rules", "id"));

    [Theory]
    [InlineData("context.country", "CN", "issuers", true)]
    [InlineData("context.country", "KZ", "issuers", false)]
    [InlineData("context.agency", "CN", "dataSets", true)]
    [InlineData("context.agency", "KZ", "document", false)]
    public void Context_IsOfTheCountryItIsAbout(string kind, string country, string member, bool shown) =>
        Assert.Equal(shown, Limit(Sample(kind), country).Entry["data"]!["context"]![member] is not null);

    [Fact]
    public void EveryKind_ForAThirdCountry_ShowsNothingOfEitherSide()
    {
        foreach (var sample in EventSamples.All())
        {
            var (entry, redacted) = Limit(EventEncoder.Encode(sample), "SG");
            Assert.Null(entry["by"]!["officer"]);
            Assert.Null(entry["by"]!["agency"]);
            Assert.Null(entry["op"]);
            Assert.Contains("/by/officer", redacted);
            Assert.DoesNotContain("https://id.example", entry.ToJsonString(), StringComparison.Ordinal);
            Assert.Null(entry["data"]?["reason"]);
        }
    }

    [Fact]
    public void UnknownMemberOrKind_IsHidden()
    {
        var entry = JsonNode.Parse(Sample("transfer.accepted"))!;
        entry["data"]!["added"] = new JsonObject { ["secret"] = 1 };
        entry["newer"] = "secret";
        entry["decision"] = JsonNode.Parse("""{"later":["secret"]}""");
        var (limited, redacted) = Limit(Encoding.UTF8.GetBytes(entry.ToJsonString()), "KZ");
        entry["kind"] = "transfer.unheard";

        Assert.DoesNotContain("secret", limited.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["/data/added", "/decision/later", "/newer"], redacted.Except(["/data/reason"]));
        Assert.Null(Limit(Encoding.UTF8.GetBytes(entry.ToJsonString()), "KZ").Entry["data"]);
    }

    [Fact]
    public void View_OfAnyKind_IsCanonicalAndIndexableAndNamesWhatIsMissing()
    {
        foreach (var sample in EventSamples.All())
        {
            var limited = EntryLimiter.Limit(EventEncoder.Encode(sample), "CN");
            var record = AuditProjection.Read(LedgerId.Parse("agreement/cn-kz-customs"), new StoredEntry(3, limited.Entry.Utf8, default, default));

            Assert.True(CanonicalJson.IsCanonical(limited.Entry.Utf8.Span));
            Assert.Equal(limited.Redacted.Order(StringComparer.Ordinal), limited.Redacted);
            Assert.Null(record.Officer);
            Assert.Equal(["CN/customs", "KZ/customs"], record.Agencies);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("not json")]
    public void SomethingElse_IsRefused(string body) =>
        Assert.Throws<UnreadableEntryException>(() => EntryLimiter.Limit(Encoding.UTF8.GetBytes(body), "CN"));

    private static byte[] Sample(string kind)
    {
        var sample = EventSamples.All().First(e => EventCatalog.Of(e.Data).Kind == kind);
        return EventEncoder.Encode(kind == "transfer.requested" ? sample with { Decision = CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(Decision)) } : sample);
    }

    private static (JsonNode Entry, string[] Redacted) Limit(byte[] body, string country)
    {
        var limited = EntryLimiter.Limit(body, country);
        return (JsonNode.Parse(limited.Entry.Utf8.Span)!, [.. limited.Redacted]);
    }

    private static string[] Items(JsonNode entry, string list, string member) =>
        [.. entry["decision"]![list]!.AsArray().Select(i => i![member]!.GetValue<string>())];
}
