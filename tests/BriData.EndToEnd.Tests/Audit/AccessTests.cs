using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Audit;

/// <summary>Who watches the exchanges is watched, by the own country alone.</summary>
[Collection(GatewayGroup.Name)]
public sealed class AccessTests(SharedGateway gateway)
{
    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Reading_ByAnAuditor_IsListedToTheOwnCountryAndToNoOther()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();
        var auditor = await _office.AsAsync("KZ", "auditor", "a-curious-auditor");

        (await auditor.GetAsync($"v1/audit/entries?agreement={exchange.Agreement}&q=permit%20everything")).Is(200);
        (await auditor.GetAsync($"v1/audit/transfers/{id}")).Is(200);
        (await auditor.GetAsync($"v1/transfers/{id}/receipt")).Is(200);

        var own = (await (await _office.AuditorAsync("KZ")).GetAsync("v1/audit/accesses?limit=3")).Is(200);
        Assert.Equal(["receipt", "trail", "search"], own.List("items").Select(a => a.GetProperty("what").GetString()));
        Assert.Equal(id, own.List("items")[0].GetProperty("transfer").GetString());
        Assert.DoesNotContain("permit everything", own.Text, StringComparison.Ordinal);
        Assert.Equal("access/KZ", own.List("items")[0].GetProperty("receipt").GetProperty("ledger").GetString());
        var other = (await (await _office.AuditorAsync("CN")).GetAsync("v1/audit/accesses?limit=500")).Is(200);
        Assert.DoesNotContain(exchange.Agreement, other.Text, StringComparison.Ordinal);
        (await (await _office.AuditorAsync("CN")).GetAsync("v1/ledgers/access/KZ/checkpoint")).IsProblem(404, "unknown_ledger");
    }

    [Fact]
    public async Task Accesses_AskedForByOthersOrWrongly_AreRefused()
    {
        (await (await _office.AdminAsync("KZ")).GetAsync("v1/audit/accesses")).IsProblem(403, "role_missing");
        (await (await _office.AuditorAsync("KZ")).GetAsync("v1/audit/accesses?limit=501")).IsProblem(400, "invalid_field");
        (await (await _office.AuditorAsync("KZ")).GetAsync("v1/audit/accesses?cursor=zero")).IsProblem(400, "invalid_cursor");
    }
}
