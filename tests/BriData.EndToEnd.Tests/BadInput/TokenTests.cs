using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.BadInput;

/// <summary>Tokens that nobody may speak with. Each is refused when reading and when asking, and leaves nothing on record.</summary>
[Collection(GatewayGroup.Name)]
public sealed class TokenTests
{
    private static readonly Dictionary<string, (string Code, Func<DevelopmentKeys, string> Make)> Table = new()
    {
        ["no token of the accepted form"] = ("token_malformed", _ => "nonsense"),
        ["too long"] = ("token_malformed", _ => new string('x', 9_000)),
        ["unsigned"] = ("token_unsigned", k => DevelopmentKeys.Unsigned(k.Claims("KZ", "customs", "agency"))),
        ["signature cut off"] = ("token_unsigned", k => Content(Good(k)) + "."),
        ["algorithm of shared secrets"] = ("token_algorithm", k => k.SignWithPublicKey("KZ", k.Claims("KZ", "customs", "agency"))),
        ["signature of another token"] = ("token_signature", k => Content(Good(k)) + Signature(k.Sign("KZ", With(k, c => c["sub"] = "another")))),
        ["signed by a stranger in the issuer's name"] = ("token_signature", k => DevelopmentKeys.SignWithStrangersKey(k.Claims("KZ", "customs", "agency"))),
        ["issuer that nobody registered"] = ("issuer_not_registered", k => DevelopmentKeys.SignWithStrangersKey(With(k, c => c["iss"] = "https://issuer.example/kz"))),
        ["issuer of another country"] = ("issuer_not_registered", k => k.Sign("KZ", With(k, c => c["country"] = "CN"))),
        ["country that is no member"] = ("issuer_not_registered", k => k.Sign("KZ", With(k, c => c["country"] = "FR"))),
        ["country that is none"] = ("claims_invalid", k => k.Sign("KZ", With(k, c => c["country"] = "Kazakhstan"))),
        ["expired"] = ("token_expired", k => k.Sign("KZ", With(k, c => (c["iat"], c["nbf"], c["exp"]) = (k.Now - 7200, k.Now - 7200, k.Now - 3600)))),
        ["not valid yet"] = ("token_not_yet_valid", k => k.Sign("KZ", With(k, c => c["nbf"] = k.Now + 3000))),
        ["valid for too long"] = ("claims_invalid", k => k.Sign("KZ", With(k, c => c["exp"] = k.Now + (30 * 86_400)))),
        ["valid for ever"] = ("claims_invalid", k => k.Sign("KZ", With(k, c => c.Remove("exp")))),
        ["another audience"] = ("audience_invalid", k => k.Sign("KZ", With(k, c => c["aud"] = "somebody-else"))),
        ["unknown role"] = ("claims_invalid", k => k.Sign("KZ", With(k, c => c["roles"] = new JsonArray("king")))),
        ["agency of another country"] = ("claims_invalid", k => k.Sign("KZ", With(k, c => c["agency"] = "CN/customs"))),
        ["agency role without agency"] = ("claims_invalid", k => k.Sign("KZ", With(k, c => c.Remove("agency")))),
    };

    private readonly Office _office;
    private readonly DevelopmentKeys _keys;

    public TokenTests(SharedGateway gateway)
    {
        _office = gateway.Office;
        _keys = new DevelopmentKeys(gateway.Process);
    }

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_BadToken_IsRefusedWithItsCodeAndRecordsNothing(string name)
    {
        await _office.AgencyAsync("KZ/customs");
        var (code, make) = Table[name];
        var officer = _office.With(make(_keys));
        var before = await Ledgers.SizesAsync(_office, "CN", "KZ");

        (await officer.GetAsync("v1/countries")).IsProblem(401, code);
        (await officer.PostAsync("v1/transfers", BadRequest.TransferBody())).IsProblem(401, code);
        (await officer.GetAsync("v1/audit/entries")).IsProblem(401, code);

        Assert.Equal(before, await Ledgers.SizesAsync(_office, "CN", "KZ"));
    }

    [Fact]
    public async Task Request_CraftedGoodToken_IsAccepted()
    {
        // The counterpart of the table: what it changes is what makes its tokens bad.
        await _office.AgencyAsync("KZ/customs");
        (await _office.With(Good(_keys)).GetAsync("v1/countries/CN")).Is(200);
    }

    [Fact]
    public async Task Request_TokenExpiresWhileItIsRemembered_IsRefusedFromThenOn()
    {
        await _office.AgencyAsync("KZ/customs");
        const int allowedSkew = 30;
        var officer = _office.With(_keys.Sign("KZ", With(_keys, c => c["exp"] = _keys.Now - allowedSkew + 3)));
        (await officer.GetAsync("v1/countries/CN")).Is(200);

        Answer? last = null;
        await Eventually.TrueAsync(
            "the remembered token to expire",
            async () => (last = await officer.GetAsync("v1/countries/CN")).Status != 200,
            TimeSpan.FromSeconds(15));

        last!.IsProblem(401, "token_expired");
    }

    [Fact]
    public async Task Request_AnotherScheme_IsRefusedAsMissing() =>
        (await _office.Anonymous.GetAsync("v1/countries", ("Authorization", "Basic a3o6a3o="))).IsProblem(401, "token_missing");

    [Fact]
    public async Task Request_TwoTokens_IsRefused()
    {
        var token = (await _office.AgencyAsync("KZ/customs")).Token!;
        var answer = await _office.With(token).GetAsync("v1/countries", ("Authorization", $"Bearer {token}"));
        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task Rotate_KeysOfAnIssuer_OldAndNewTokensAreAccepted()
    {
        var before = await _office.AdminAsync("DE", "before-the-rotation");
        (await before.GetAsync("v1/countries/DE")).Is(200);

        (await _office.Anonymous.SendAsync(HttpMethod.Post, "dev/issuers/de/rotate", null)).Is(204);

        (await (await _office.AdminAsync("DE", "after-the-rotation")).GetAsync("v1/countries/DE")).Is(200);
        (await before.GetAsync("v1/countries/DE")).Is(200);
    }

    [Fact]
    public async Task PutIssuers_IssuerWithdrawn_ItsTokensAreRefusedAtOnceOnEveryRoute()
    {
        var exchange = await Exchange.CreateAsync(_office, from: "UZ", to: "SA");
        var admin = await _office.AdminAsync("UZ");
        var exporter = await exchange.ExporterAsync();
        var auditor = await _office.AuditorAsync("UZ");
        (await exporter.GetAsync($"v1/agreements/{exchange.Agreement}")).Is(200);

        (await admin.PutAsync("v1/countries/UZ/issuers", JsonNode.Parse("""{"issuers":[{"issuer":"https://issuer.example/uz","metadataAddress":"https://issuer.example/uz/.well-known/openid-configuration"}]}""")!)).Is(200);

        foreach (var path in (string[])["v1/countries", "v1/datasets", $"v1/agreements/{exchange.Agreement}", "v1/agencies/UZ/customs"])
        {
            (await exporter.GetAsync(path)).IsProblem(401, "issuer_not_registered");
        }

        (await exporter.PostAsync("v1/transfers", exchange.Request())).IsProblem(401, "issuer_not_registered");
        (await auditor.GetAsync("v1/audit/entries")).IsProblem(401, "issuer_not_registered");
        (await auditor.GetAsync("v1/ledgers")).IsProblem(401, "issuer_not_registered");
        (await admin.PutAsync($"v1/agencies/{exchange.Exporter}", Exchange.AgencyDocument("Renamed"))).IsProblem(401, "issuer_not_registered");
    }

    private static string Good(DevelopmentKeys keys) => keys.Sign("KZ", keys.Claims("KZ", "customs", "agency"));

    private static string Content(string token) => token[..token.LastIndexOf('.')];

    private static string Signature(string token) => token[token.LastIndexOf('.')..];

    private static JsonObject With(DevelopmentKeys keys, Action<JsonObject> change)
    {
        var claims = keys.Claims("KZ", "customs", "agency");
        change(claims);
        return claims;
    }
}
