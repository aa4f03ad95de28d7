using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BriData.Entries.Signatures;
using BriData.Ledger;
using BriData.Ledger.Canonical;
using BriData.Ledger.Signing;
using Microsoft.Extensions.Time.Testing;

namespace BriData.Cli.Tests;

/// <summary>Keys in files, and acts signed after they were shown.</summary>
public sealed class SigningTests : IDisposable
{
    private const string Answer = """
        {"id":"cn-kz-test","status":"draft","title":{"en":"A test, for signing"},"parties":["CN","KZ"],"validFrom":"2026-01-01","validTo":null,
        "grants":[{"id":"all","dataSets":["CN/customs/*"],"importers":["KZ/customs"],"purposes":["InternationalTrade"],"maxLevel":"internal","approvalBy":null,"transfersPerYear":null,"onwardTo":null}],
        "recognitions":[],"mechanisms":[{"code":"CN_STANDARD_CONTRACT","jurisdiction":"CN","from":"2026-01-01","until":null,"facts":{}}],"transferValidDays":30,"maxPayloadBytes":null,
        "signedBy":[],"suspendedBy":[],"version":1,"receipt":{"ledger":"agreement/cn-kz-test","index":0,"leafHash":"00"}}
        """;

    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    private readonly string _folder = Directory.CreateTempSubdirectory("bridata-cli-").FullName;

    private string Key => Path.Combine(_folder, "key.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("EdDSA")]
    [InlineData("ES256")]
    public async Task KeyNew_EachAlgorithm_IsForItsOwnerAloneAndNeverOverwritten(string algorithm)
    {
        var terminal = new Terminal();
        Assert.Equal(0, await terminal.RunAsync("key", "new", "--out", Key, "--alg", algorithm));
        var written = await File.ReadAllBytesAsync(Key);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key));
        Assert.True(PrivateJwk.TryParse(written, out var key, out _));
        Assert.Equal(algorithm, key.PublicKey.Algorithm);
        var shown = new Terminal();
        Assert.Equal(0, await shown.RunAsync("key", "show", Key));
        Assert.Equal(terminal.Output, shown.Output);
        Assert.Equal($"{Encoding.UTF8.GetString(key.PublicKey.Json.Span)}\n{key.PublicKey.KeyId}", shown.Output.Trim());
        Assert.DoesNotContain(JsonNode.Parse(written)!["d"]!.GetValue<string>(), terminal.Output + shown.Output + terminal.Messages, StringComparison.Ordinal);
        Assert.Equal(2, await new Terminal().RunAsync("key", "new", "--out", Key));
        Assert.Equal(written, await File.ReadAllBytesAsync(Key));
    }

    [Fact]
    public async Task Key_ThatOthersMayRead_IsNotUsed()
    {
        await NewKeyAsync();
        File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var terminal = new Terminal();

        Assert.Equal(2, await terminal.RunAsync("key", "show", Key));

        Assert.Contains("0600", terminal.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyRegister_WithoutAPlatform_WritesTheRequest()
    {
        var key = await NewKeyAsync();
        var terminal = new Terminal { Time = Time };

        Assert.Equal(0, await terminal.RunAsync("key", "register", "--country", "CN", "--key", Key, "--with", Key, "--valid-until", "2028-01-01"));

        var body = JsonNode.Parse(terminal.Output)!;
        var expected = Acts.OfKey("CN", new Contracts.JsonText(key.Json), null, new DateTimeOffset(2028, 1, 1, 0, 0, 0, TimeSpan.Zero), "2026-11-23T10:00:00.000Z");
        foreach (var member in (string[])["proof", "signature"])
        {
            Assert.True(SignedAct.TryRead(body[member]!.GetValue<string>(), out var act, out _));
            Assert.True(act.Jws.Verify(key));
            Assert.Equal(expected, act.Jws.Payload.ToArray());
        }

        Assert.Equal("2028-01-01T00:00:00.000Z", body["validUntil"]!.GetValue<string>());
        Assert.False(body["jwk"]!.AsObject().ContainsKey("d"));
    }

    [Fact]
    public async Task KeyRevoke_AtThePlatform_SendsTheDate()
    {
        string? sent = null;
        var terminal = new Terminal
        {
            Platform = request =>
            {
                sent = request.Content!.ReadAsStringAsync().Result;
                return Json("""{"kid":"abc","status":"revoked"}""");
            },
        };

        Assert.Equal(0, await terminal.RunAsync("key", "revoke", "http://localhost:5080", "abc", "--country", "CN", "--since", "2026-11-01T00:00:00+01:00"));

        Assert.Equal("""{"at":"2026-10-31T23:00:00.000Z"}""", sent);
        Assert.Equal("/v1/countries/CN/signing-keys/abc/revoke", terminal.Request!.RequestUri!.AbsolutePath);
        Assert.True(terminal.Request.Headers.Contains("Idempotency-Key"));
        Assert.Equal("abc revoked", terminal.Output.Trim());
    }

    [Fact]
    public async Task SignAgreement_Shown_SignsTheDigestReckonedFromTheTerms()
    {
        var key = await NewKeyAsync();
        var terminal = new Terminal { Time = Time, Input = "y\n", Platform = _ => Json(Answer) };

        Assert.Equal(0, await terminal.RunAsync("sign", "agreement", "http://localhost:5080", "cn-kz-test", "--country", "CN", "--key", Key));

        Assert.Contains("A test, for signing", terminal.Messages, StringComparison.Ordinal);
        Assert.True(SignedAct.TryRead(terminal.Output.Trim(), out var act, out var problem), problem);
        Assert.True(act.Jws.Verify(key));
        var payload = JsonNode.Parse(act.Jws.Payload.Span)!;
        Assert.Equal(
            ("agreement.sign", "cn-kz-test", "CN", "2026-11-23T10:00:00.000Z", Digest()),
            (Text(payload, "act"), Text(payload, "agreement"), Text(payload, "country"), Text(payload, "at"), Text(payload, "document")));
        Assert.Contains(Text(payload, "document"), terminal.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignAgreement_FromAFile_NeedsNoPlatform()
    {
        await NewKeyAsync();
        var file = Path.Combine(_folder, "terms.json");
        await File.WriteAllTextAsync(file, Answer);
        var terminal = new Terminal { Time = Time, Token = null };

        Assert.Equal(0, await terminal.RunAsync("sign", "agreement", "--document", file, "--country", "KZ", "--key", Key, "--act", "terminate", "--yes"));

        Assert.True(SignedAct.TryRead(terminal.Output.Trim(), out var act, out _));
        Assert.Equal(Acts.OnAgreement(Acts.Terminate, "cn-kz-test", Digest(), "KZ", "2026-11-23T10:00:00.000Z"), act.Jws.Payload.ToArray());
    }

    [Fact]
    public async Task SignAgreement_NotAgreedTo_SignsNothing()
    {
        await NewKeyAsync();
        var terminal = new Terminal { Time = Time, Input = "no\n", Platform = _ => Json(Answer) };

        Assert.Equal(3, await terminal.RunAsync("sign", "agreement", "http://localhost:5080", "cn-kz-test", "--country", "CN", "--key", Key, "--post"));

        Assert.Empty(terminal.Output);
        Assert.Equal(HttpMethod.Get, terminal.Request!.Method);
    }

    [Theory]
    [InlineData("\"version\":1", "\"documentDigest\":\"00\",\"version\":1", "CN", "says that they are recorded under 00")]
    [InlineData("\"id\":\"cn-kz-test\"", "\"id\":\"cn-kz-else\"", "CN", "not of 'cn-kz-test'")]
    [InlineData("\"transferValidDays\":30", "\"transferValidDays\":30,\"secretClause\":true", "CN", "does not sign")]
    [InlineData("\"parties\":[\"CN\",\"KZ\"],", "", "CN", "does not sign")]
    [InlineData("\"purposes\":[\"InternationalTrade\"],", "", "CN", "does not sign")]
    [InlineData("\"parties\":[", "\"parties\":[],\"parties\":[", "CN", "does not sign")]
    [InlineData("{\"id\"", "[{\"id\"", "CN", "does not sign")]
    [InlineData("x", "x", "SG", "no party")]
    public async Task SignAgreement_ThatIsNotWhatItSeems_SignsNothing(string text, string with, string country, string said)
    {
        await NewKeyAsync();
        var terminal = new Terminal { Time = Time, Platform = _ => Json(Answer.Replace(text, with, StringComparison.Ordinal)) };

        Assert.NotEqual(0, await terminal.RunAsync("sign", "agreement", "http://localhost:5080", "cn-kz-test", "--country", country, "--key", Key, "--yes"));

        Assert.Empty(terminal.Output);
        Assert.Contains(said, terminal.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignAgreement_Posted_HandsInWhatWasSigned()
    {
        await NewKeyAsync();
        string? sent = null;
        var terminal = new Terminal
        {
            Time = Time,
            Platform = request =>
            {
                sent = request.Content?.ReadAsStringAsync().Result;
                return Json(request.Method == HttpMethod.Get ? Answer : """{"status":"suspended"}""");
            },
        };

        Assert.Equal(0, await terminal.RunAsync("sign", "agreement", "http://localhost:5080", "cn-kz-test", "--country", "CN", "--key", Key, "--act", "suspend", "--reason", "a review", "--yes", "--post"));

        Assert.Equal("/v1/agreements/cn-kz-test/suspend", terminal.Request!.RequestUri!.AbsolutePath);
        Assert.Equal(("a review", terminal.Output.Trim()), (Text(JsonNode.Parse(sent!)!, "reason"), Text(JsonNode.Parse(sent!)!, "signature")));
        Assert.Contains("suspended", terminal.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignPack_Posted_NamesSourceAndDay()
    {
        var key = await NewKeyAsync();
        var yaml = BriData.Policy.RulePacks.BuiltInPacks.Find("KZ")!.Yaml.ToArray();
        string? sent = null;
        var terminal = new Terminal
        {
            Time = Time,
            Platform = request =>
            {
                sent = request.Content?.ReadAsStringAsync().Result;
                return request.Method == HttpMethod.Get ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(yaml) } : Json("""{"status":"approved"}""");
            },
        };

        Assert.Equal(0, await terminal.RunAsync("sign", "pack", "http://localhost:5080", "2026.1", "--country", "KZ", "--key", Key, "--in-force-from", "2027-01-01", "--yes", "--post"));

        Assert.True(SignedAct.TryRead(terminal.Output.Trim(), out var act, out _));
        Assert.True(act.Jws.Verify(key));
        Assert.Equal(Acts.OnRulePack(Acts.Approve, "KZ", "2026.1", Hash256.OfSha256(yaml).ToString(), new DateOnly(2027, 1, 1), "2026-11-23T10:00:00.000Z"), act.Jws.Payload.ToArray());
        Assert.Equal("2027-01-01", Text(JsonNode.Parse(sent!)!, "inForceFrom"));
        Assert.Equal("/v1/countries/KZ/rule-packs/2026.1/approve", terminal.Request!.RequestUri!.AbsolutePath);
    }

    [Theory]
    [InlineData("sign", "agreement", "--country", "CN")]
    [InlineData("sign", "agreement", "http://localhost:5080", "--country", "CN")]
    [InlineData("sign", "agreement", "--document", "terms.json", "--post", "--country", "CN")]
    [InlineData("sign", "agreement", "http://localhost:5080", "cn-kz-test", "--act", "annul", "--country", "CN")]
    [InlineData("sign", "pack", "http://localhost:5080", "1", "--act", "reinstate", "--in-force-from", "2027-01-01", "--country", "CN")]
    [InlineData("sign", "pack", "http://localhost:5080", "1", "--in-force-from", "tomorrow", "--country", "CN")]
    [InlineData("key", "register", "--country", "CN", "--valid-from", "soon")]
    [InlineData("key", "new", "--out", "key.json", "--alg", "RS256")]
    public async Task Arguments_NotInOrder_AreRefusedBeforeAnything(params string[] arguments)
    {
        await NewKeyAsync();
        var terminal = new Terminal();

        Assert.NotEqual(0, await terminal.RunAsync(arguments[0] == "key" && arguments[1] == "new" ? arguments : [.. arguments, "--key", Key]));

        Assert.Null(terminal.Request);
        Assert.DoesNotContain("eyJ", terminal.Output, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    /// <summary>The digest reckoned without the program: the answer's terms, without state and without members that have no value.</summary>
    private static string Digest()
    {
        var terms = JsonNode.Parse(Answer)!.AsObject();
        foreach (var state in (string[])["status", "signedBy", "suspendedBy", "version", "receipt", "validTo", "maxPayloadBytes"])
        {
            terms.Remove(state);
        }

        var grant = terms["grants"]![0]!.AsObject();
        foreach (var empty in (string[])["approvalBy", "transfersPerYear", "onwardTo"])
        {
            grant.Remove(empty);
        }

        terms["mechanisms"]![0]!.AsObject().Remove("until");
        return Hash256.OfSha256(CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(terms))).ToString();
    }

    private async Task<PublicJwk> NewKeyAsync()
    {
        Assert.Equal(0, await new Terminal().RunAsync("key", "new", "--out", Key));
        Assert.True(PrivateJwk.TryParse(await File.ReadAllBytesAsync(Key), out var key, out _));
        return key.PublicKey;
    }
}
