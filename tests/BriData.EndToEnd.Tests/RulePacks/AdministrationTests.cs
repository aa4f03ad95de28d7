using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.RulePacks;

/// <summary>Life of a rule pack: tested, tried on the recorded past, approved, returned to; and nothing changed by a bad call.</summary>
[Collection(GatewayGroup.Name)]
public sealed class AdministrationTests(SharedGateway gateway)
{
    private const string Country = "MY";

    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Approve_Untested_IsRefused()
    {
        await DraftAsync("adm-1");

        (await (await SecondAsync()).PostAsync(Path("adm-1", "approve"))).IsProblem(409, "rule_pack_untested");

        Assert.Equal("draft", await StatusAsync("adm-1"));
    }

    [Fact]
    public async Task Test_CaseThatFails_IsNamedAndThePackCannotBeApproved()
    {
        await DraftAsync("adm-2", TestPacks.Yaml(Country, "adm-2").Replace("expect: {outcome: OUT_OF_SCOPE}", "expect: {outcome: PROHIBITED}", StringComparison.Ordinal));

        var report = (await (await AuthorAsync()).PostAsync(Path("adm-2", "test"))).Is(200);

        Assert.Equal((1, 0, 1), (report.Number("cases"), report.Number("passed"), report.List("failures").Length));
        var failure = report.List("failures")[0];
        Assert.Equal("data without persons", failure.GetProperty("name").GetString());
        Assert.Contains("expected PROHIBITED, got OUT_OF_SCOPE", failure.GetProperty("failure").GetString(), StringComparison.Ordinal);
        (await (await SecondAsync()).PostAsync(Path("adm-2", "approve"))).IsProblem(409, "rule_pack_untested");
    }

    [Fact]
    public async Task Test_WithoutCases_SaysWhichRulesNoCaseReachesAndIsNotEnough()
    {
        var yaml = TestPacks.Yaml(Country, "adm-3");
        await DraftAsync("adm-3", yaml[..yaml.IndexOf("tests:", StringComparison.Ordinal)]);

        var report = (await (await AuthorAsync()).PostAsync(Path("adm-3", "test"))).Is(200);

        Assert.Equal((0, 1, 0), (report.Number("cases"), report.Number("rules"), report.Number("covered")));
        Assert.Equal("test-not-personal", report.List("uncovered")[0].GetString());
        (await (await SecondAsync()).PostAsync(Path("adm-3", "approve"))).IsProblem(409, "rule_pack_untested");
    }

    [Fact]
    public async Task Test_SameResultAgain_IsRecordedOnce()
    {
        await DraftAsync("adm-4");
        var author = await AuthorAsync();

        var first = (await author.PostAsync(Path("adm-4", "test"))).Is(200);
        var second = (await author.PostAsync(Path("adm-4", "test"))).Is(200);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal("\"2\"", second.Header("ETag"));
    }

    [Fact]
    public async Task Acts_WithAStaleIfMatch_ChangeNothing()
    {
        await DraftAsync("adm-5");
        var author = await AuthorAsync();
        Assert.Equal("\"1\"", (await author.GetAsync($"v1/countries/{Country}/rule-packs/adm-5")).Is(200).Header("ETag"));
        (await author.PostAsync(Path("adm-5", "test"))).Is(200);

        foreach (var act in (string[])["test", "approve", "reinstate"])
        {
            (await (await SecondAsync()).SendAsync(HttpMethod.Post, Path("adm-5", act), Officer.Content("{}", "application/json"), ("If-Match", "\"1\""), ("Idempotency-Key", Officer.NewKey())))
                .IsProblem(412, "precondition_failed");
        }

        Assert.Equal("tested", await StatusAsync("adm-5"));
        (await (await SecondAsync()).SendAsync(HttpMethod.Post, Path("adm-5", "approve"), Officer.Content("{}", "application/json"), ("If-Match", "\"2\""), ("Idempotency-Key", Officer.NewKey())))
            .Is(200);
    }

    [Fact]
    public async Task Reinstate_AnEarlierVersion_GovernsTheNextDecisionAndLeavesOldOnes()
    {
        var exchange = await Exchange.CreateAsync(_office, Country, "KZ", mark: "terbuka");
        var importer = await exchange.ImporterAsync();
        var shipped = (await importer.GetAsync($"v1/countries/{Country}")).Is(200).Value("rulePack")!;
        var before = (await importer.PostAsync("v1/transfers", exchange.Request())).Is(201);
        await BringIntoForceAsync("adm-6", "PROHIBITED");
        Assert.Equal("FORBIDDEN_BY_RULE", (await importer.PostAsync("v1/transfers", exchange.Request())).Is(201).Value("decision", "code"));

        (await (await AuthorAsync()).PostAsync(Path("adm-6", "reinstate"))).IsProblem(409, "wrong_state");
        var returned = (await (await AuthorAsync()).PostAsync(Path(shipped, "reinstate"))).Is(200);

        Assert.Equal("inForce", returned.Value("status"));
        Assert.Equal("superseded", await StatusAsync("adm-6"));
        var after = (await importer.PostAsync("v1/transfers", exchange.Request())).Is(201);
        Assert.Equal(before.Value("decision", "code"), after.Value("decision", "code"));
        await AssertReplaysAsync(exchange, decisions: 3);
    }

    [Fact]
    public async Task Impact_OfAProhibition_ListsWhatWouldChangeAndChangesNothing()
    {
        var exchange = await Exchange.CreateAsync(_office, Country, "KZ", mark: "terbuka");
        var id = await exchange.AskAsync();
        await DraftAsync("adm-7", TestPacks.Yaml(Country, "adm-7", "PROHIBITED"));

        var lines = Lines((await (await AuthorAsync()).PostAsync(Path("adm-7", "impact"))).Is(200));

        var changed = lines.Single(l => l.GetProperty("kind").GetString() == "different" && l.GetProperty("difference").GetProperty("transfer").GetString() == id);
        Assert.Equal("Permit", changed.GetProperty("difference").GetProperty("recorded").GetProperty("outcome").GetString());
        Assert.Equal("FORBIDDEN_BY_RULE", changed.GetProperty("difference").GetProperty("now").GetProperty("code").GetString());
        Assert.Equal("summary", lines[^1].GetProperty("kind").GetString());
        Assert.Equal("permitted", await exchange.StatusAsync(id));
        Assert.Equal("draft", await StatusAsync("adm-7"));
    }

    [Fact]
    public async Task Impact_OfTheVersionInForce_ChangesNoDecision()
    {
        var exchange = await Exchange.CreateAsync(_office, "VN", "KZ", mark: "cong-khai");
        await exchange.AskAsync();

        var lines = Lines((await (await _office.AdminAsync("VN")).PostAsync("v1/countries/VN/rule-packs/2026.1/impact")).Is(200));

        Assert.Equal(0, lines[^1].GetProperty("different").GetInt64());
        Assert.True(lines[^1].GetProperty("decisions").GetInt64() >= 1);
    }

    [Fact]
    public async Task Analysis_OfAFaultyDraft_GivesACaseThatTheEvaluatorReproduces()
    {
        var yaml = TestPacks.Yaml(Country, "adm-8");
        var twice = yaml.Replace("tests:", """
          - id: test-other
            citation: {law: Law of the test, article: art. 2}
            certainty: S+
            effectiveFrom: 2020-01-01
            when: {fact: dataKind, in: [NonPersonal, Anonymised]}
            outcome: PROHIBITED
            texts:
              en: The law of the test forbids it.
        tests:
        """, StringComparison.Ordinal);
        await DraftAsync("adm-8", twice);

        var report = (await (await AuthorAsync()).PostAsync(Path("adm-8", "analysis"))).Is(200);

        Assert.Equal("true", report.Value("complete"));
        var overlap = report.List("findings").Single(f => f.GetProperty("kind").GetString() == "overlap");
        Assert.Equal(["test-not-personal", "test-other"], overlap.GetProperty("rules").EnumerateArray().Select(r => r.GetString()).Order());
        Assert.Contains(report.List("findings"), f => f.GetProperty("kind").GetString() == "uncovered");
        Assert.Equal("OUT_OF_SCOPE", overlap.GetProperty("example").GetProperty("outcome").GetString());
        Assert.NotEmpty(overlap.GetProperty("example").GetProperty("facts").EnumerateObject());
    }

    [Fact]
    public async Task Approve_PackOfAPart_GovernsOnlyDataDeclaredToBeThere()
    {
        var exchange = await Exchange.CreateAsync(_office, Country, "KZ", mark: "terbuka");
        var importer = await exchange.ImporterAsync();
        await DraftAsync("adm-10", TestPacks.Yaml("MY-LABUAN", "adm-10", "PROHIBITED"));
        (await (await AuthorAsync()).PostAsync(Path("adm-10", "test"))).Is(200);
        (await (await SecondAsync()).PostAsync(Path("adm-10", "approve"))).Is(200);
        Assert.NotEqual("FORBIDDEN_BY_RULE", (await importer.PostAsync("v1/transfers", exchange.Request())).Is(201).Value("decision", "code"));

        var goods = Exchange.GoodsDocument(mark: "terbuka");
        goods["facts"]!["subRegime"] = "MY-LABUAN";
        (await (await exchange.ExporterAsync()).PutAsync($"v1/datasets/{exchange.DataSet}", goods)).Is(200);

        var denied = (await importer.PostAsync("v1/transfers", exchange.Request())).Is(201);
        Assert.Equal("FORBIDDEN_BY_RULE", denied.Value("decision", "code"));
        Assert.StartsWith("MY-LABUAN@adm-10", denied.Value("decision", "versions", "exporterPack"), StringComparison.Ordinal);
        await AssertReplaysAsync(exchange, decisions: 2);
        var verdict = (await importer.PostAsync("v1/rules/evaluate", JsonNode.Parse("""{"exporter":"MY-LABUAN","eventDate":"2026-06-15","facts":{"dataKind":"NonPersonal"}}"""))).Is(200);
        Assert.Equal("MY-LABUAN", verdict.Value("pack", "jurisdiction"));
    }

    [Fact]
    public async Task Evaluate_UnderADraft_IsForItsAdministratorsOnly()
    {
        await DraftAsync("adm-9", TestPacks.Yaml(Country, "adm-9", "PROHIBITED"));
        var question = JsonNode.Parse("""{"exporter":"MY","eventDate":"2026-06-15","facts":{"dataKind":"NonPersonal"},"version":"adm-9"}""");

        var verdict = (await (await AuthorAsync()).PostAsync("v1/rules/evaluate", question!.DeepClone())).Is(200);

        Assert.Equal(("PROHIBITED", "adm-9"), (verdict.Value("outcome"), verdict.Value("pack", "version")));
        (await (await _office.AdminAsync("SG")).PostAsync("v1/rules/evaluate", question.DeepClone())).IsProblem(403, "not_your_country");
        (await (await _office.AgencyAsync("MY/customs")).PostAsync("v1/rules/evaluate", question.DeepClone())).IsProblem(403, "role_missing");
        question["version"] = "1999.1";
        (await (await AuthorAsync()).PostAsync("v1/rules/evaluate", question)).IsProblem(404, "unknown_rule_pack");
    }

    [Fact]
    public async Task Trials_OfOthers_AreRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);

        foreach (var trial in (string[])["impact", "analysis", "test", "reinstate"])
        {
            (await (await _office.AdminAsync("SG")).PostAsync($"v1/countries/KZ/rule-packs/2026.1/{trial}")).IsProblem(403, "not_your_country");
            (await (await _office.AdminAsync("KZ")).PostAsync($"v1/countries/KZ/rule-packs/1999.1/{trial}")).IsProblem(404, "unknown_rule_pack");
        }

        (await (await _office.AuditorAsync("SG")).GetAsync($"v1/ledgers/{exchange.Ledger}/replay")).IsProblem(404, "unknown_ledger");
        (await (await exchange.ImporterAsync()).GetAsync($"v1/ledgers/{exchange.Ledger}/replay")).IsProblem(403, "role_missing");
        (await (await _office.AuditorAsync("CN")).GetAsync($"v1/ledgers/{exchange.Ledger}/replay?from=5&to=3")).IsProblem(400, "invalid_field");
    }

    [Fact]
    public async Task Replay_OfARange_MakesThoseDecisionsAgain()
    {
        var exchange = await Exchange.CreateAsync(_office);
        await exchange.AskAsync();
        var size = await exchange.LedgerSizeAsync();
        await exchange.AskAsync();

        var all = Lines((await (await _office.AuditorAsync("KZ")).GetAsync($"v1/ledgers/{exchange.Ledger}/replay")).Is(200));
        var last = Lines((await (await _office.AuditorAsync("KZ")).GetAsync($"v1/ledgers/{exchange.Ledger}/replay?from={size}")).Is(200));

        Assert.Equal((2, 0), (all[^1].GetProperty("decisions").GetInt64(), all[^1].GetProperty("different").GetInt64()));
        Assert.Equal((1, 0), (last[^1].GetProperty("decisions").GetInt64(), last[^1].GetProperty("different").GetInt64()));
    }

    private static JsonElement[] Lines(Answer answer)
    {
        Assert.Equal("application/x-ndjson", answer.MediaType);
        return [.. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone())];
    }

    private static string Path(string version, string act) => $"v1/countries/{Country}/rule-packs/{version}/{act}";

    private async Task AssertReplaysAsync(Exchange exchange, int decisions)
    {
        var lines = Lines((await (await _office.AuditorAsync("KZ")).GetAsync($"v1/ledgers/{exchange.Ledger}/replay")).Is(200));
        Assert.Equal((decisions, 0), (lines[^1].GetProperty("decisions").GetInt64(), lines[^1].GetProperty("different").GetInt64()));
    }

    private Task<Officer> AuthorAsync() => _office.AdminAsync(Country, "author");

    private Task<Officer> SecondAsync() => _office.AdminAsync(Country, "second");

    private async Task DraftAsync(string version, string? yaml = null) => (await (await AuthorAsync()).SendAsync(
        HttpMethod.Post,
        $"v1/countries/{Country}/rule-packs",
        Officer.Content(Encoding.UTF8.GetBytes(yaml ?? TestPacks.Yaml(Country, version)), "application/yaml"),
        ("Idempotency-Key", Officer.NewKey()))).Is(201);

    private async Task BringIntoForceAsync(string version, string outcome)
    {
        await DraftAsync(version, TestPacks.Yaml(Country, version, outcome));
        (await (await AuthorAsync()).PostAsync(Path(version, "test"))).Is(200);
        (await (await SecondAsync()).PostAsync(Path(version, "approve"))).Is(200);
    }

    private async Task<string?> StatusAsync(string version)
    {
        var packs = (await (await AuthorAsync()).GetAsync($"v1/countries/{Country}/rule-packs")).Is(200);
        return packs.List("items").Single(p => p.GetProperty("version").GetString() == version).GetProperty("status").GetString();
    }
}
