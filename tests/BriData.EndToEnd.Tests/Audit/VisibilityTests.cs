using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Audit;

/// <summary>A party sees only what concerns it; to anybody else the rest does not exist (I10).</summary>
[Collection(GatewayGroup.Name)]
public sealed class VisibilityTests(SharedGateway gateway)
{
    private static readonly byte[] Goods = "goods\n"u8.ToArray();

    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Outsider_EveryRouteOfATransfer_AnswersAsIfThereWereNone()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Goods);
        var outsider = await _office.AsAsync("SG/customs", "agency,approver,auditor,admin");
        string[] paths = [$"v1/transfers/{id}", $"v1/transfers/{id}/receipt", $"v1/transfers/{id}/payload", $"v1/audit/transfers/{id}"];
        foreach (var path in paths)
        {
            var refused = (await outsider.GetAsync(path)).IsProblem(404, "unknown_transfer");
            var absent = (await outsider.GetAsync(path.Replace(id, "no-such:1", StringComparison.Ordinal))).IsProblem(404, "unknown_transfer");
            Assert.Equal(absent.Value("detail")!.Replace("no-such:1", id, StringComparison.Ordinal), refused.Value("detail"));
        }

        foreach (var act in (string[])["approve", "reject", "withdraw", "accept", "refuse", "erase"])
        {
            (await outsider.PostAsync($"v1/transfers/{id}/{act}")).IsProblem(404, "unknown_transfer");
        }

        (await outsider.SendAsync(HttpMethod.Put, $"v1/transfers/{id}/payload", Officer.Content(Goods, null))).IsProblem(404, "unknown_transfer");
    }

    [Fact]
    public async Task Outsider_EveryRouteOfAnAgreement_AnswersAsIfThereWereNone()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var outsider = await _office.AsAsync("SG/customs", "agency,approver,auditor,admin");

        (await outsider.GetAsync($"v1/agreements/{exchange.Agreement}")).IsProblem(404, "unknown_agreement");
        (await outsider.PostAsync($"v1/agreements/{exchange.Agreement}/signatures")).IsProblem(404, "unknown_agreement");
        (await outsider.PostAsync($"v1/agreements/{exchange.Agreement}/suspend")).IsProblem(404, "unknown_agreement");
        (await outsider.PostAsync("v1/transfers", exchange.Request())).IsProblem(404, "unknown_agreement");
        (await outsider.PostAsync("v1/transfers/preflight", exchange.Request())).IsProblem(404, "unknown_agreement");
    }

    [Fact]
    public async Task Outsider_LedgersAndCheckpoints_AreOnlyItsOwn()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var outsider = await _office.AuditorAsync("SG");

        var seen = (await outsider.GetAsync("v1/ledgers")).Is(200).List("items").Select(l => l.GetProperty("id").GetString()!).ToArray();

        Assert.Contains("country/SG", seen);
        Assert.DoesNotContain(exchange.Ledger, seen);
        Assert.DoesNotContain("agreement/cn-kz-customs", seen);
        Assert.DoesNotContain(seen, l => l.StartsWith("country/", StringComparison.Ordinal) && l != "country/SG");
        Assert.DoesNotContain(seen, l => l.StartsWith("agency/", StringComparison.Ordinal) && !l.StartsWith("agency/SG.", StringComparison.Ordinal));
        foreach (var ledger in (string[])[exchange.Ledger, "agreement/cn-kz-customs", "country/CN", "agency/KZ.customs", $"agency/{exchange.Exporter.Replace('/', '.')}"])
        {
            (await outsider.GetAsync($"v1/ledgers/{ledger}/checkpoint")).IsProblem(404, "unknown_ledger");
        }
    }

    [Fact]
    public async Task Outsider_AnySearch_FindsNothingOfOthers()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();
        var outsider = await _office.AuditorAsync("SG");

        foreach (var query in (string[])
            [$"agreement={exchange.Agreement}", $"dataset={exchange.DataSet}", $"agency={exchange.Importer}", $"q={id}", "agreement=cn-kz-customs", "country=CN", "country=KZ", "outcome=Permit"])
        {
            var found = (await outsider.GetAsync($"v1/audit/entries?{query}&limit=500")).Is(200);
            Assert.DoesNotContain(found.List("items"), e => !Concerns(e, "SG"));
            Assert.DoesNotContain(exchange.Agreement, found.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("cn-kz-customs", found.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Party_OtherPartysOwnLedgers_AreNotItsToSee()
    {
        var auditor = await _office.AuditorAsync("KZ");

        var seen = (await auditor.GetAsync("v1/ledgers")).Is(200).List("items").Select(l => l.GetProperty("id").GetString()!).ToArray();

        Assert.Contains("agreement/cn-kz-customs", seen);
        Assert.DoesNotContain("country/CN", seen);
        Assert.DoesNotContain("agency/CN.customs", seen);
        (await auditor.GetAsync("v1/ledgers/country/CN/checkpoint")).IsProblem(404, "unknown_ledger");
        var entries = (await auditor.GetAsync("v1/audit/entries?country=CN&limit=500")).Is(200);
        Assert.NotEmpty(entries.List("items"));
        Assert.All(entries.List("items"), e => Assert.StartsWith("agreement/", e.GetProperty("ledger").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Officer_OfAnotherAgencyOfTheCountry_DoesNotSeeTheTransfer()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();

        (await (await _office.AgencyAsync("KZ/cert")).GetAsync($"v1/transfers/{id}")).IsProblem(404, "unknown_transfer");
        (await (await _office.AgencyAsync("KZ/cert")).GetAsync($"v1/transfers/{id}/receipt")).IsProblem(404, "unknown_transfer");
    }

    [Fact]
    public async Task ThirdParty_OfTheSameAgreement_DoesNotSeeWhatTheOthersExchange()
    {
        var exchange = await Exchange.CreateAsync(_office, signed: false, change: t => t["parties"] = new System.Text.Json.Nodes.JsonArray("CN", "KZ", "SG"));
        foreach (var country in (string[])["CN", "KZ", "SG"])
        {
            await exchange.SignAsync(country);
        }

        var id = (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", exchange.Request("File 4711 of Mr. Example"))).Is(201).Value("id")!;

        (await (await _office.AuditorAsync("SG")).GetAsync($"v1/transfers/{id}")).IsProblem(404, "unknown_transfer");

        // The entries are one audience's; the texts beside them are of the two sides.
        var trail = (await (await _office.AuditorAsync("SG")).GetAsync($"v1/audit/transfers/{id}")).Is(200);
        Assert.Empty(Assert.Single(trail.List("entries")).GetProperty("texts").EnumerateArray());
        Assert.DoesNotContain("4711", trail.Text, StringComparison.Ordinal);
        foreach (var country in (string[])["CN", "KZ"])
        {
            Assert.Contains("4711", (await (await _office.AuditorAsync(country)).GetAsync($"v1/audit/transfers/{id}")).Is(200).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task DataSets_ForPartiesOnly_AreListedForPartiesOnly()
    {
        var exchange = await Exchange.CreateAsync(_office);

        Assert.Contains(exchange.DataSet, await ListedAsync("KZ/customs"));
        var outsider = await ListedAsync("SG/customs");
        Assert.DoesNotContain(exchange.DataSet, outsider);
        Assert.DoesNotContain("CN/customs/declarations", outsider);
        Assert.Contains("CN/customs/harmonized-system", outsider);
    }

    private static bool Concerns(System.Text.Json.JsonElement entry, string country)
    {
        var ledger = entry.GetProperty("ledger").GetString()!;
        return ledger == $"country/{country}" || ledger.StartsWith($"agency/{country}.", StringComparison.Ordinal) || ledger.StartsWith("agreement/", StringComparison.Ordinal);
    }

    private async Task<string[]> ListedAsync(string agency) =>
        [.. (await (await _office.AgencyAsync(agency)).GetAsync("v1/datasets?limit=500")).Is(200).List("items").Select(d => d.GetProperty("id").GetString()!)];
}
