using System.Text;
using BriData.EndToEnd.Tests.Support;
using BriData.Ledger;
using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;
using BriData.Ledger.Receipts;

namespace BriData.EndToEnd.Tests.Receipts;

/// <summary>Receipts verify with what the party holds: entry bytes, proof file, public key. Nothing else is asked.</summary>
[Collection(GatewayGroup.Name)]
public sealed class ReceiptTests(SharedGateway gateway)
{
    private readonly Office _office = gateway.Office;

    [Theory]
    [InlineData("CN")]
    [InlineData("KZ")]
    public async Task Receipt_OfEitherParty_VerifiesOffline(string country)
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();
        await exchange.AskAsync();

        var (entry, leaf) = await EntryAsync(country, id);
        var proof = await ProofAsync(await _office.AgencyAsync(country == "CN" ? exchange.Exporter : exchange.Importer), id);
        var key = await KeyAsync(country, exchange.Ledger);
        var result = proof.VerifyEntry(entry, key);

        Assert.True(result.IsValid, result.Problem);
        Assert.Equal(leaf, MerkleHash.Leaf(entry));
        Assert.Equal(await exchange.LedgerSizeAsync(), result.Checkpoint!.Size);
    }

    [Fact]
    public async Task Receipt_ChangedEntryOrOtherKey_DoesNotVerify()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();
        var (entry, _) = await EntryAsync("KZ", id);
        var proof = await ProofAsync(await exchange.ImporterAsync(), id);
        var key = await KeyAsync("KZ", exchange.Ledger);
        Assert.True(proof.VerifyEntry(entry, key).IsValid);

        var changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(entry).Replace("permitted", "Permitted", StringComparison.Ordinal));
        Assert.NotEqual(entry, changed);

        var other = await KeyAsync("KZ", "country/KZ");
        Assert.False(proof.VerifyEntry(changed, key).IsValid);
        Assert.False(proof.VerifyEntry(entry, other).IsValid);
    }

    [Fact]
    public async Task Receipt_OfTheReply_IsOfTheEntryInTheTrail()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var answer = (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", exchange.Request())).Is(201);

        var (entry, leaf) = await EntryAsync("CN", answer.Value("id")!);

        Assert.Equal(answer.Value("receipt", "leafHash"), leaf.ToString());
        using var json = System.Text.Json.JsonDocument.Parse(entry);
        Assert.Equal(answer.Value("decision"), json.RootElement.GetProperty("decision").GetRawText());
    }

    [Fact]
    public async Task Receipt_OfADenial_VerifiesToo()
    {
        var body = BadInput.BadRequest.TransferBody();
        body["dataset"] = "CN/customs/travellers";
        var importer = await _office.AgencyAsync("KZ/customs");
        var id = (await importer.PostAsync("v1/transfers", body)).Is(201).Value("id")!;

        var (entry, _) = await EntryAsync("KZ", id);
        var (proof, key) = (await ProofAsync(importer, id), await KeyAsync("KZ", "agreement/cn-kz-customs"));
        var result = proof.VerifyEntry(entry, key);

        Assert.True(result.IsValid, result.Problem);
    }

    [Fact]
    public async Task Ledgers_KeysOfBothParties_AreTheSame()
    {
        var exchange = await Exchange.CreateAsync(_office);
        Assert.Equal((await KeyAsync("CN", exchange.Ledger)).VerifierKey, (await KeyAsync("KZ", exchange.Ledger)).VerifierKey);
    }

    [Fact]
    public async Task Checkpoint_OfALedger_IsSignedByItsKeyAndGrows()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var auditor = await _office.AuditorAsync("KZ");
        var key = await KeyAsync("KZ", exchange.Ledger);
        var first = Checkpoint.Open((await auditor.GetAsync($"v1/ledgers/{exchange.Ledger}/checkpoint")).Is(200).Text, key);
        await exchange.AskAsync();

        var second = Checkpoint.Open((await auditor.GetAsync($"v1/ledgers/{exchange.Ledger}/checkpoint")).Is(200).Text, key);

        Assert.Equal(key.Name, second.Origin);
        Assert.Equal(first.Size + 1, second.Size);
        Assert.NotEqual(first.Root, second.Root);
    }

    /// <summary>The exact bytes of the entry with the decision, as the trail shows them.</summary>
    private async Task<(byte[] Entry, Hash256 Leaf)> EntryAsync(string country, string id)
    {
        var trail = (await (await _office.AuditorAsync(country)).GetAsync($"v1/audit/transfers/{id}")).Is(200);
        var first = trail.List("entries")[0];
        return (Encoding.UTF8.GetBytes(first.GetProperty("entry").GetRawText()), Hash256.ParseHex(first.GetProperty("receipt").GetProperty("leafHash").GetString()!));
    }

    private static async Task<TlogProof> ProofAsync(Officer officer, string id)
    {
        var file = (await officer.GetAsync($"v1/transfers/{id}/receipt")).Is(200);
        Assert.Equal("text/plain", file.MediaType);
        return TlogProof.Parse(file.Text);
    }

    private async Task<NoteVerifier> KeyAsync(string country, string ledger)
    {
        var ledgers = (await (await _office.AuditorAsync(country)).GetAsync("v1/ledgers")).Is(200);
        return NoteVerifier.Parse(ledgers.List("items").Single(l => l.GetProperty("id").GetString() == ledger).GetProperty("vkey").GetString()!);
    }
}
