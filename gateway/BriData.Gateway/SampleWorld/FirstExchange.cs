using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using BriData.Ledger;
using BriData.Ledger.Canonical;
using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;
using BriData.Ledger.Receipts;

namespace BriData.Gateway.SampleWorld;

/// <summary>
/// One exchange of real data and one refusal, through the HTTP API, printed step by step for a person. Its requests carry
/// fixed idempotency keys, so a later start finds them on record instead of repeating them.
/// </summary>
internal sealed class FirstExchange(SampleApi api, TextWriter output)
{
    private const string Agreement = "cn-kz-customs";
    private const string DataSet = "CN/customs/harmonized-system";
    private const string PayloadFile = "harmonized-system.csv";

    public async Task RunAsync()
    {
        var importer = await api.TokenAsync("KZ", "customs", "agency", "sample-officer-kz");
        var exporter = await api.TokenAsync("CN", "customs", "agency", "sample-officer-cn");
        var auditor = await api.TokenAsync("KZ", null, "auditor", "sample-auditor-kz");

        Title("A first exchange");
        Step("request", $"KZ/customs asks for {DataSet} under {Agreement}, purpose InternationalTrade");
        var created = await RequestAsync(importer, "first-exchange", DataSet, "InternationalTrade", new JsonObject());
        var id = created["id"]!.GetValue<string>();
        Decision(created);

        var transfer = await api.GetAsync($"v1/transfers/{id}", importer);
        if (transfer["status"]!.GetValue<string>() == "permitted")
        {
            await DepositAsync(id, exporter);
        }

        transfer = await api.GetAsync($"v1/transfers/{id}", importer);
        if (transfer["status"]!.GetValue<string>() == "payloadDeposited")
        {
            await CollectAsync(id, importer, transfer);
        }
        else
        {
            Step("delivery", $"on record since an earlier start, status {transfer["status"]}");
        }

        await ReceiptAsync(id, importer, auditor, created);

        Title("A refusal");
        const string personal = "CN/customs/travellers";
        Step("request", $"KZ/customs asks for {personal} (identity data of 120 travellers), purpose InternationalTrade");
        Decision(await RequestAsync(importer, "first-refusal", personal, "InternationalTrade", new JsonObject { ["subjects"] = 120 }));
        output.WriteLine();
    }

    private Task<JsonNode> RequestAsync(string token, string key, string dataSet, string purpose, JsonObject facts) =>
        api.PostAsync("v1/transfers", token, key, new JsonObject
        {
            ["agreement"] = Agreement,
            ["dataset"] = dataSet,
            ["purpose"] = purpose,
            ["legalBasis"] = "Customs Code of the importing country, exchange of information",
            ["facts"] = facts,
        });

    private async Task DepositAsync(string id, string exporter)
    {
        var bytes = await File.ReadAllBytesAsync(SampleWorldDocument.DataFile(PayloadFile));
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        content.Headers.Add("Repr-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(bytes))}:");
        var deposited = await api.SendAsync(HttpMethod.Put, $"v1/transfers/{id}/payload", exporter, null, content);
        Step("deposit", $"CN/customs deposits {PayloadFile}, {bytes.Length:N0} bytes, in the storage of CN");
        Detail($"status {deposited["status"]}, ledger entry {deposited["lastReceipt"]!["index"]}");
    }

    private async Task CollectAsync(string id, string importer, JsonNode transfer)
    {
        var received = await api.DownloadAsync($"v1/transfers/{id}/payload", importer);
        var hash = Convert.ToHexStringLower(SHA256.HashData(received));
        var stated = transfer["payload"]!["sha256"]!.GetValue<string>();
        Step("delivery", $"KZ/customs collects {received.Length:N0} bytes");
        Detail($"SHA-256 {hash}, {(hash == stated ? "as deposited" : "NOT as deposited")}");
        var accepted = await api.PostAsync($"v1/transfers/{id}/accept", importer, "first-exchange-accept", null);
        Step("acceptance", $"status {accepted["status"]}, ledger entry {accepted["lastReceipt"]!["index"]}");
    }

    private async Task ReceiptAsync(string id, string importer, string auditor, JsonNode created)
    {
        var receipt = created["receipt"]!;
        var ledger = receipt["ledger"]!.GetValue<string>();
        var proof = TlogProof.Parse(System.Text.Encoding.UTF8.GetString(await api.DownloadAsync($"v1/transfers/{id}/receipt", importer)));
        var ledgers = await api.GetAsync("v1/ledgers", auditor);
        var vkey = ledgers["items"]!.AsArray().First(l => l!["id"]!.GetValue<string>() == ledger)!["vkey"]!.GetValue<string>();
        var trail = await api.GetAsync($"v1/audit/transfers/{id}", auditor);
        var entry = CanonicalJson.Canonicalize(System.Text.Encoding.UTF8.GetBytes(trail["entries"]![0]!["entry"]!.ToJsonString()));
        var leaf = MerkleHash.Leaf(entry);

        // Checked as an outsider would: entry bytes, proof file and the ledger's public key, nothing of the platform's state.
        var result = proof.Verify(leaf, NoteVerifier.Parse(vkey));
        Step("receipt", $"{ledger} entry {receipt["index"]}, leaf {receipt["leafHash"]}");
        Detail($"key {vkey}");
        Detail(result.IsValid && leaf == Hash256.ParseHex(receipt["leafHash"]!.GetValue<string>())
            ? $"proof checked: the entry is in the tree of {result.Checkpoint!.Size} entries with root {result.Checkpoint.Root.ToBase64()}"
            : $"PROOF FAILED: {result.Problem}");
        Detail($"the trail of this exchange has {trail["entries"]!.AsArray().Count} entries");
    }

    private void Decision(JsonNode created)
    {
        var decision = created["decision"]!;
        Step("decision", $"{decision["outcome"]} ({decision["code"]}), transfer {created["id"]}, status {created["status"]}");
        Detail(decision["reason"]!.GetValue<string>());
        foreach (var rule in decision["rules"]!.AsArray().Where(r => r!["result"]!.GetValue<string>() == "matched" && r["citation"]!.GetValue<string>().Length > 0))
        {
            Detail($"rule {rule!["id"]} ({rule["source"]}){(rule["outcome"] is { } outcome ? $" says {outcome}" : "")}: {rule["citation"]}");
        }

        List("obligations", decision["obligations"]!.AsArray().Select(o => o!.ToString()));
        List("missing", decision["missing"]!.AsArray().Select(m => $"{m!["kind"]} {m["name"]} (from {m["source"]})"));
        if (decision["remedy"] is { } remedy)
        {
            Detail($"remedy: {remedy["text"]}");
        }
    }

    private void List(string name, IEnumerable<string> items)
    {
        var text = string.Join(", ", items);
        if (text.Length > 0)
        {
            Detail($"{name}: {text}");
        }
    }

    private void Title(string text)
    {
        output.WriteLine();
        output.WriteLine(text);
        output.WriteLine(new string('-', text.Length));
    }

    private void Step(string name, string text) => output.WriteLine($"  {name,-10} {text}");

    private void Detail(string text) => output.WriteLine($"             {text}");
}
