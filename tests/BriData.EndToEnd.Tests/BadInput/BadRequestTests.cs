using System.Net.Http.Headers;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.BadInput;

/// <summary>
/// Each bad request is refused with its own status and code, as a problem document without the platform's inside (which the
/// client of every test sees to), and leaves nothing on any ledger.
/// </summary>
[Collection(GatewayGroup.Name)]
public sealed class BadRequestTests(SharedGateway gateway)
{
    private static readonly Dictionary<string, BadRequest> Table = BadRequests.All.ToDictionary(r => r.Name);

    private readonly Office _office = gateway.Office;

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_Bad_IsRefusedWithItsCodeAndRecordsNothing(string name)
    {
        var before = await SizesAsync();

        var answer = await Table[name].SendAsync(_office);

        answer.IsProblem(Table[name].Status, Table[name].Code);
        Assert.Equal(before, await SizesAsync());
    }

    [Fact]
    public void Table_Codes_AreAllInTheContract()
    {
        var known = typeof(Contracts.ErrorCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToHashSet();
        Assert.All(Table.Values, r => Assert.Contains(r.Code, known));
    }

    [Fact]
    public async Task Request_TooLongWithoutSayingSo_IsRefused()
    {
        var officer = await _office.AgencyAsync("KZ/customs");
        using var body = new StreamContent(new Unannounced((1 << 20) + 1));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        var answer = await officer.SendAsync(HttpMethod.Post, "v1/transfers", body, ("Idempotency-Key", "unannounced"));

        answer.IsProblem(413, "body_too_large");
    }

    [Fact]
    public async Task Request_TwoKeys_IsRefused()
    {
        var officer = await _office.AgencyAsync("KZ/customs");
        var answer = await officer.SendAsync(
            HttpMethod.Post, "v1/transfers", Officer.Json(BadRequest.TransferBody()), ("Idempotency-Key", "one"), ("Idempotency-Key", "two"));
        answer.IsProblem(400, "idempotency_key_invalid");
    }

    [Theory]
    [InlineData("BAD_SLUG")]
    [InlineData("-goods")]
    [InlineData("g%20oods")]
    [InlineData("ggggggggggggggggggggggggggggggggggggggggggggggggg")]
    public async Task PutDataSet_NameThatIsNone_IsRefusedAndRecordsNothing(string slug)
    {
        var before = await SizesAsync();
        var answer = await (await _office.AdminAsync("CN")).PutAsync($"v1/datasets/CN/customs/{slug}", Exchange.GoodsDocument());

        Assert.True(answer.Status is 400 or 404, answer.ToString());
        Assert.Equal(before, await SizesAsync());
    }

    [Fact]
    public async Task Reason_LongerThanTheContractAllows_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();

        var answer = await (await exchange.ImporterAsync()).PostAsync(
            $"v1/transfers/{id}/withdraw", new System.Text.Json.Nodes.JsonObject { ["reason"] = new string('x', 2_001) });

        answer.IsProblem(400, "invalid_field");
        Assert.Equal("permitted", await exchange.StatusAsync(id));
    }

    [Fact]
    public async Task Create_AgreementNotInForce_IsRefusedAndTheRefusalIsOnTheCallersOwnLedger()
    {
        var exchange = await Exchange.CreateAsync(_office, signed: false);
        var before = await SizesAsync();

        (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", exchange.Request())).IsProblem(409, "agreement_not_in_force");

        var changed = (await SizesAsync()).Where(l => before.GetValueOrDefault(l.Key) != l.Value).ToArray();
        Assert.Equal([new KeyValuePair<string, long>("country/KZ", before["country/KZ"] + 1)], changed);
        var found = (await (await _office.AuditorAsync("KZ")).GetAsync($"v1/audit/entries?agreement={exchange.Agreement}&q=request.refused")).Is(200);
        Assert.Single(found.List("items"));
    }

    [Fact]
    public async Task Create_AgreementNotInForceRepeated_RefusalIsRecordedOnce()
    {
        var exchange = await Exchange.CreateAsync(_office, signed: false);
        var importer = await exchange.ImporterAsync();
        (await importer.PostAsync("v1/transfers", exchange.Request(), "refused-once")).IsProblem(409, "agreement_not_in_force");
        var before = await SizesAsync();

        (await importer.PostAsync("v1/transfers", exchange.Request(), "refused-once")).IsProblem(409, "agreement_not_in_force");

        Assert.Equal(before, await SizesAsync());
    }

    [Fact]
    public async Task Refusal_Unauthenticated_NamesTheSchemeToUse()
    {
        var answer = (await _office.Anonymous.GetAsync("v1/countries")).IsProblem(401, "token_missing");
        Assert.StartsWith("Bearer", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    private Task<SortedDictionary<string, long>> SizesAsync() => Ledgers.SizesAsync(_office, "CN", "KZ", "SG");
}
