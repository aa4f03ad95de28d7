using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.RulePacks;
using BriData.EndToEnd.Tests.Support;
using BriData.Ledger;
using BriData.Ledger.Canonical;
using BriData.Ledger.Signing;
using BriData.Ledger.Storage;

namespace BriData.EndToEnd.Tests.SignedActs;

/// <summary>
/// A ministry makes a key, registers it, and signs with <c>bridata</c>; what the ledger then holds verifies with the public key
/// and nothing else.
/// </summary>
public sealed class CeremonyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bridata-keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Ministry_FromItsFirstKeyToItsSecond_SignsWhatAnybodyVerifies()
    {
        await using var gateway = new GatewayProcess("--BriData:Gateway:FirstExchange=false");
        await gateway.StartAsync();
        using var office = new Office(gateway.Address);
        var exchange = await Exchange.CreateAsync(office, signed: false);
        var (first, second) = (await office.AdminAsync("KZ", "first"), await office.AdminAsync("KZ", "second"));
        var address = gateway.Address.ToString();

        // The first key: one administrator registers, another confirms.
        var (oldKey, oldKid) = await NewKeyAsync("old.json", "EdDSA");
        Assert.Equal($"{oldKid} proposed", await DoneAsync(first, "key", "register", address, "--country", "KZ", "--key", oldKey));
        (await first.PostAsync($"v1/countries/KZ/signing-keys/{oldKid}/confirm")).IsProblem(403, "second_person_needed");
        Assert.Equal($"{oldKid} valid", await DoneAsync(second, "key", "confirm", address, oldKid, "--country", "KZ"));

        // From now on KZ signs; CN, which has no key, goes on as before.
        (await first.PostAsync($"v1/agreements/{exchange.Agreement}/signatures")).IsProblem(403, "signature_required");
        (await first.SendAsync(HttpMethod.Post, $"v1/agreements/{exchange.Agreement}/signatures", null, ("Idempotency-Key", "no-body"))).IsProblem(403, "signature_required");
        (await first.PostAsync($"v1/agreements/{exchange.Agreement}/signatures", new JsonObject { ["signature"] = "a.b.c" })).IsProblem(400, "signature_invalid");
        (await first.PostAsync($"v1/agreements/{exchange.Agreement}/signatures", new JsonObject { ["signatur"] = "a.b.c" })).IsProblem(400, "unknown_field");
        var signed = await DoneAsync(first, "sign", "agreement", address, exchange.Agreement, "--country", "KZ", "--key", oldKey, "--yes", "--post");
        Assert.Equal("inForce", (await exchange.SignAsync("CN")).Value("status"));
        await exchange.AskAsync();

        // A rule pack: signed by hand from the file, sent by another way.
        var yaml = Path.Combine(_folder, "pack.yaml");
        await File.WriteAllTextAsync(yaml, TestPacks.Yaml("KZ", "signed-1"));
        (await first.SendAsync(HttpMethod.Post, "v1/countries/KZ/rule-packs", Officer.Content(TestPacks.Yaml("KZ", "signed-1"), "application/yaml"), ("Idempotency-Key", "draft"))).Is(201);
        (await first.PostAsync("v1/countries/KZ/rule-packs/signed-1/test")).Is(200);
        (await second.PostAsync("v1/countries/KZ/rule-packs/signed-1/approve")).IsProblem(403, "signature_required");
        var approval = await DoneAsync(second, "sign", "pack", "--document", yaml, "--country", "KZ", "--key", oldKey, "--in-force-from", "2099-01-01", "--yes");
        (await second.PostAsync("v1/countries/KZ/rule-packs/signed-1/approve", new JsonObject { ["signature"] = approval })).IsProblem(400, "signature_invalid");
        Assert.Equal("approved", (await second.PostAsync("v1/countries/KZ/rule-packs/signed-1/approve", new JsonObject { ["inForceFrom"] = "2099-01-01", ["signature"] = approval })).Is(200).Value("status"));

        // Rotation: the old key signs for the new one and is revoked; it signs nothing more.
        var (newKey, newKid) = await NewKeyAsync("new.json", "ES256");
        Assert.Equal($"{newKid} valid", await DoneAsync(first, "key", "register", address, "--country", "KZ", "--key", newKey, "--with", oldKey));
        Assert.Equal($"{oldKid} revoked", await DoneAsync(first, "key", "revoke", address, oldKid, "--country", "KZ", "--reason", "rotated"));
        var (code, _, messages) = await BriDataCommand.RunAsync(
            first.Token, "sign", "agreement", address, exchange.Agreement, "--country", "KZ", "--key", oldKey, "--act", "suspend", "--yes", "--post");
        Assert.True(code == 3 && messages.Contains("signing_key_revoked", StringComparison.Ordinal), messages);
        var suspended = await DoneAsync(first, "sign", "agreement", address, exchange.Agreement, "--country", "KZ", "--key", newKey, "--act", "suspend", "--reason", "a review", "--yes", "--post");
        Assert.Equal("suspended", (await first.GetAsync($"v1/agreements/{exchange.Agreement}")).Is(200).Value("status"));

        // Anybody recognised reads the register.
        var keys = (await (await office.AuditorAsync("SG")).GetAsync("v1/countries/KZ/signing-keys")).Is(200).List("items");
        Assert.Equal([(oldKid, "revoked"), (newKid, "valid")], keys.Select(k => (k.GetProperty("kid").GetString()!, k.GetProperty("status").GetString()!)));
        var publicKeys = keys.Select(k => Public(k.GetProperty("jwk"))).ToArray();
        var digest = (await first.GetAsync($"v1/agreements/{exchange.Agreement}")).Value("documentDigest")!;
        Assert.Equal(0, await gateway.StopAsync());

        await Ledgers.ReadOfflineAsync(gateway.DataDirectory, async store =>
        {
            var terms = await OneAsync(store, exchange.Ledger, "agreement.drafted", "CN");
            Assert.Equal(digest, Hash256.OfSha256(CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(terms.GetProperty("document")))).ToString());
            AssertHolds(await OneAsync(store, exchange.Ledger, "agreement.signed", "KZ"), signed, publicKeys[0], "agreement.sign", digest);
            AssertHolds(await OneAsync(store, exchange.Ledger, "agreement.suspended", "KZ"), suspended, publicKeys[1], "agreement.suspend", digest);
            Assert.False((await OneAsync(store, exchange.Ledger, "agreement.signed", "CN")).TryGetProperty("signature", out _));
            var approved = (await Ledgers.EntriesAsync(store, "country/KZ", "rulepack.approved")).Single(e => e.GetProperty("data").GetProperty("version").GetString() == "signed-1");
            AssertHolds(approved.GetProperty("data"), approval, publicKeys[0], "rulepack.approve", Hash256.OfSha256(await File.ReadAllBytesAsync(yaml)).ToString());
            var rotated = (await Ledgers.EntriesAsync(store, "country/KZ", "country.key.registered"))[1].GetProperty("data");
            Assert.True(Read(rotated.GetProperty("proof").GetString()).Verify(publicKeys[1]));
            Assert.True(Read(rotated.GetProperty("signature").GetString()).Verify(publicKeys[0]));
        });
    }

    private static async Task<JsonElement> OneAsync(ILedgerStore store, string ledger, string kind, string country) =>
        (await Ledgers.EntriesAsync(store, ledger, kind)).Single(e => e.GetProperty("by").GetProperty("country").GetString() == country).GetProperty("data");

    private static void AssertHolds(JsonElement data, string signature, PublicJwk key, string act, string digest)
    {
        Assert.Equal(signature, data.GetProperty("signature").GetString());
        var jws = Read(signature);
        Assert.True(jws.Verify(key));
        var payload = Encoding.UTF8.GetString(jws.Payload.Span);
        Assert.Contains($"\"act\":\"{act}\"", payload, StringComparison.Ordinal);
        Assert.Contains(digest, payload, StringComparison.Ordinal);
    }

    private static CompactJws Read(string? text)
    {
        Assert.True(CompactJws.TryParse(text, out var jws, out var problem), problem);
        return jws;
    }

    private static PublicJwk Public(JsonElement jwk)
    {
        Assert.True(PublicJwk.TryParse(Encoding.UTF8.GetBytes(jwk.GetRawText()), out var key, out var problem), problem);
        return key;
    }

    private static async Task<string> DoneAsync(Officer who, params string[] arguments)
    {
        var (code, output, messages) = await BriDataCommand.RunAsync(who.Token, arguments);
        Assert.True(code == 0, messages);
        return output.Trim();
    }

    private async Task<(string File, string Kid)> NewKeyAsync(string name, string algorithm)
    {
        var file = Path.Combine(_folder, name);
        var (code, output, messages) = await BriDataCommand.RunAsync(null, "key", "new", "--out", file, "--alg", algorithm);
        Assert.True(code == 0, messages);
        return (file, output.Trim().Split('\n')[^1]);
    }
}
