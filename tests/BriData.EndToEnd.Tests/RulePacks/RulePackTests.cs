using System.Text;
using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.RulePacks;

/// <summary>No decision under a rule that nobody approved, and nobody approves alone (I4, I11).</summary>
[Collection(GatewayGroup.Name)]
public sealed class RulePackTests(SharedGateway gateway)
{
    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Approve_ByItsAuthor_NeedsASecondPerson()
    {
        var author = await _office.AdminAsync("SG", "author");
        var drafted = (await DraftAsync(author, "SG", "2026.101")).Is(201);
        Assert.Equal("draft", drafted.Value("status"));
        Assert.Null(drafted.Value("inForceFrom"));

        (await author.PostAsync("v1/countries/SG/rule-packs/2026.101/test")).Is(200);
        (await author.PostAsync("v1/countries/SG/rule-packs/2026.101/approve")).IsProblem(403, "second_person_needed");
        Assert.Equal("tested", await StatusAsync("SG", "2026.101"));

        var approved = (await (await _office.AdminAsync("SG", "second")).PostAsync("v1/countries/SG/rule-packs/2026.101/approve")).Is(200);
        Assert.Equal("inForce", approved.Value("status"));
        (await (await _office.AdminAsync("SG", "third")).PostAsync("v1/countries/SG/rule-packs/2026.101/approve")).IsProblem(409, "wrong_state");
    }

    [Fact]
    public async Task Draft_Read_GivesTheVeryBytes()
    {
        var author = await _office.AdminAsync("SG", "author");
        (await DraftAsync(author, "SG", "2026.102")).Is(201);

        var source = (await author.GetAsync("v1/countries/SG/rule-packs/2026.102")).Is(200);

        Assert.Equal("application/yaml", source.MediaType);
        Assert.Equal(TestPacks.Yaml("SG", "2026.102"), source.Text);
    }

    [Fact]
    public async Task Draft_VersionThatExists_IsRefused()
    {
        var author = await _office.AdminAsync("SG", "author");
        (await DraftAsync(author, "SG", "2026.103")).Is(201);
        (await DraftAsync(author, "SG", "2026.103")).IsProblem(409, "already_exists");
    }

    [Fact]
    public async Task Draft_SameKey_SameAnswerAndAnotherBodyIsRefused()
    {
        var author = await _office.AdminAsync("SG", "author");
        var first = (await DraftAsync(author, "SG", "2026.104", "draft-once")).Is(201);

        Assert.Equal(first.Text, (await DraftAsync(author, "SG", "2026.104", "draft-once")).Is(201).Text);
        (await DraftAsync(author, "SG", "2026.105", "draft-once")).IsProblem(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task Approve_ForALaterDay_IsNotInForceYet()
    {
        (await DraftAsync(await _office.AdminAsync("SG", "author"), "SG", "2026.106")).Is(201);
        (await (await _office.AdminAsync("SG", "author")).PostAsync("v1/countries/SG/rule-packs/2026.106/test")).Is(200);
        var before = (await (await _office.AdminAsync("SG", "second")).GetAsync("v1/countries/SG")).Is(200).Value("rulePack");

        var approved = (await (await _office.AdminAsync("SG", "second"))
            .PostAsync("v1/countries/SG/rule-packs/2026.106/approve", new JsonObject { ["inForceFrom"] = "2999-01-01" })).Is(200);

        Assert.Equal("approved", approved.Value("status"));
        Assert.Equal(before, (await (await _office.AdminAsync("SG", "second")).GetAsync("v1/countries/SG")).Is(200).Value("rulePack"));
    }

    [Fact]
    public async Task Approve_ForAnEarlierDay_IsRefused()
    {
        (await DraftAsync(await _office.AdminAsync("SG", "author"), "SG", "2026.107")).Is(201);
        (await (await _office.AdminAsync("SG", "author")).PostAsync("v1/countries/SG/rule-packs/2026.107/test")).Is(200);

        (await (await _office.AdminAsync("SG", "second"))
            .PostAsync("v1/countries/SG/rule-packs/2026.107/approve", new JsonObject { ["inForceFrom"] = "2020-01-01" })).IsProblem(400, "invalid_field");

        Assert.Equal("tested", await StatusAsync("SG", "2026.107"));
    }

    [Fact]
    public async Task Approve_PacksOfBothSides_GovernTheNextDecision()
    {
        var (from, to) = (SharedGateway.Lawless[0], SharedGateway.Lawless[1]);
        await PutSchemeAsync(from);
        var exchange = await Exchange.CreateAsync(_office, from, to);
        var importer = await exchange.ImporterAsync();
        Assert.Equal("RULE_PACK_MISSING", await CodeAsync(importer, exchange));

        await BringIntoForceAsync(from, "2026.1");
        Assert.Equal("RULE_PACK_MISSING", await CodeAsync(importer, exchange));
        await BringIntoForceAsync(to, "2026.1");
        Assert.Equal("PERMITTED", await CodeAsync(importer, exchange));
        var id = await exchange.AskAsync();

        await BringIntoForceAsync(from, "2026.2", "PROHIBITED");
        Assert.Equal("FORBIDDEN_BY_RULE", await CodeAsync(importer, exchange));
        (await exchange.DepositAsync(id, "goods"u8.ToArray())).IsProblem(409, "transfer_stopped");
        Assert.Equal("superseded", await StatusAsync(from, "2026.1"));
    }

    [Fact]
    public async Task Evaluate_StatedFacts_GivesTheContractsShapeAndRecordsNothing()
    {
        var before = await Ledgers.SizesAsync(_office, "CN", "KZ");

        var verdict = (await (await _office.AgencyAsync("SG/customs")).PostAsync(
            "v1/rules/evaluate",
            JsonNode.Parse("""{"exporter":"CN","importer":"US","eventDate":"2026-06-15","facts":{"dataKind":"NonPersonal","purpose":"InternationalTrade"}}"""))).Is(200);

        Assert.Equal("EXEMPT", verdict.Value("outcome"));
        Assert.Equal("true", verdict.Value("mayProceedNow"));
        string[] lists = ["mechanisms", "obligations", "missingFacts"];
        Assert.All(lists, l => Assert.Equal(System.Text.Json.JsonValueKind.Array, verdict.Json.GetProperty(l).ValueKind));
        Assert.Equal("CN", verdict.Value("pack", "jurisdiction"));
        var matched = verdict.List("rules").First(r => r.GetProperty("result").GetString() == "matched");
        Assert.NotEmpty(matched.GetProperty("citation").GetString()!);
        Assert.Equal(before, await Ledgers.SizesAsync(_office, "CN", "KZ"));
    }

    [Fact]
    public async Task Evaluate_MemberWithoutPack_IsRefused() =>
        (await (await _office.AdminAsync("KZ")).PostAsync("v1/rules/evaluate", JsonNode.Parse($$$"""{"exporter":"{{{SharedGateway.Lawless[^1]}}}","eventDate":"2026-06-15","facts":{}}""")))
            .IsProblem(409, "rule_pack_missing");

    private static Task<Answer> DraftAsync(Officer author, string country, string version, string? key = null, string outcome = "OUT_OF_SCOPE") =>
        author.SendAsync(
            HttpMethod.Post,
            $"v1/countries/{country}/rule-packs",
            Officer.Content(Encoding.UTF8.GetBytes(TestPacks.Yaml(country, version, outcome)), "application/yaml"),
            ("Idempotency-Key", key ?? Officer.NewKey()));

    private static async Task<string?> CodeAsync(Officer importer, Exchange exchange) =>
        (await importer.PostAsync("v1/transfers", exchange.Request())).Is(201).Value("decision", "code");

    private async Task BringIntoForceAsync(string country, string version, string outcome = "OUT_OF_SCOPE")
    {
        (await DraftAsync(await _office.AdminAsync(country, "author"), country, version, outcome: outcome)).Is(201);
        (await (await _office.AdminAsync(country, "author")).PostAsync($"v1/countries/{country}/rule-packs/{version}/test")).Is(200);
        (await (await _office.AdminAsync(country, "second")).PostAsync($"v1/countries/{country}/rule-packs/{version}/approve")).Is(200);
    }

    /// <summary>Gives the country China's classification, as if it were its own.</summary>
    private async Task PutSchemeAsync(string country)
    {
        var admin = await _office.AdminAsync(country);
        var scheme = JsonNode.Parse((await admin.GetAsync("v1/countries/CN/classification-scheme")).Is(200).Text)!;
        scheme["country"] = country;
        (await admin.PutAsync($"v1/countries/{country}/classification-scheme", scheme)).Is(200);
    }

    private async Task<string?> StatusAsync(string country, string version)
    {
        var packs = (await (await _office.AdminAsync(country)).GetAsync($"v1/countries/{country}/rule-packs")).Is(200);
        return packs.List("items").Single(p => p.GetProperty("version").GetString() == version).GetProperty("status").GetString();
    }
}
