using System.Text;
using System.Text.Json;
using BriData.Ledger;
using BriData.Ledger.Evidence;
using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;

namespace BriData.Cli.Tests.Verifying;

/// <summary><c>bridata verify</c> on an evidence pack.</summary>
public sealed class EvidenceTests : IDisposable
{
    private const string Vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static readonly LedgerId Ledger = LedgerId.Parse("country/KZ");

    private readonly string _folder = Directory.CreateTempSubdirectory("bridata-evidence-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_PackAsMade_IsInOrder(bool withKeys)
    {
        var (pack, keys) = await MakeAsync();
        var terminal = new Terminal { Token = null };

        Assert.Equal(ExitCodes.Ok, await terminal.RunAsync(withKeys ? ["verify", pack, "--keys", keys] : ["verify", pack]));

        var whose = withKeys ? "" : "; signed by keys that it names itself: without --keys that shows it to be whole, not whose it is";
        Assert.Equal($"Evidence pack of KZ: 3 entries, all in their ledgers, none missing since it was sealed{whose}\n", terminal.Output);
    }

    [Fact]
    public async Task Verify_PackWithoutALine_NamesTheLineThatDoesNotHold()
    {
        var (pack, _) = await MakeAsync();
        var lines = await File.ReadAllLinesAsync(pack, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(pack, string.Concat(lines.Where((_, i) => i != 2).Select(l => l + "\n")), TestContext.Current.CancellationToken);
        var terminal = new Terminal { Token = null };

        Assert.Equal(ExitCodes.Found, await terminal.RunAsync("verify", pack));

        Assert.StartsWith("The evidence pack does not hold: line 4: ", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_Report_SaysWhatWasFoundOfThePack()
    {
        var (pack, keys) = await MakeAsync();
        var report = new FileInfo(Path.Combine(_folder, "report.json"));

        Assert.Equal(ExitCodes.Ok, await new Terminal { Token = null }.RunAsync("verify", pack, "--keys", keys, "--report", report.FullName));

        var json = JsonElement.Parse(await File.ReadAllBytesAsync(report.FullName, TestContext.Current.CancellationToken));
        Assert.True(json.GetProperty("ok").GetBoolean());
        Assert.Equal((3, true), (json.GetProperty("pack").GetProperty("entries").GetInt32(), json.GetProperty("pack").GetProperty("keysGiven").GetBoolean()));
    }

    [Theory]
    [InlineData("--vkey", Vkey)]
    [InlineData("--witness", Vkey)]
    [InlineData("--no-replay")]
    [InlineData("--from-checkpoint", "/no/such/file")]
    public async Task Verify_OptionsThatSayNothingAboutAPack_AreRefused(params string[] options)
    {
        var (pack, _) = await MakeAsync();
        var terminal = new Terminal { Token = null };

        Assert.Equal(ExitCodes.Usage, await terminal.RunAsync(["verify", pack, .. options]));

        Assert.Contains($"{options[0]} says nothing about an evidence pack", terminal.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_PackOfOtherKeys_IsFound()
    {
        var (pack, keys) = await MakeAsync();
        using var other = CheckpointSigner.Derive(new byte[32], "other.example/country/KZ");
        await File.WriteAllTextAsync(keys, other.VerifierKey + "\n", TestContext.Current.CancellationToken);
        var terminal = new Terminal { Token = null };

        Assert.Equal(ExitCodes.Found, await terminal.RunAsync("verify", pack, "--keys", keys));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key\n")]
    public async Task Verify_KeysThatAreNone_IsAnErrorOfUsage(string text)
    {
        var (pack, keys) = await MakeAsync();
        await File.WriteAllTextAsync(keys, text, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Usage, await new Terminal { Token = null }.RunAsync("verify", pack, "--keys", keys));
    }

    private async Task<(string Pack, string Keys)> MakeAsync()
    {
        var store = new InMemoryLedgerStore();
        var tree = LedgerTree.Empty(Ledger);
        var bodies = Enumerable.Range(0, 3).Select(i => Encoding.UTF8.GetBytes($$"""{"at":"2026-06-15T08:00:0{{i}}Z","kind":"sample","parties":["KZ"],"v":1}""")).ToArray();
        var batch = tree.Prepare([.. bodies.Select(b => new LedgerEntryDraft(b))]);
        await store.AppendAsync(batch);
        tree.Commit(batch);
        using var signer = CheckpointSigner.Derive(new byte[32], $"log.example/{Ledger}");
        using var sealer = CheckpointSigner.Derive(new byte[32], "log.example/access/KZ");
        using var writer = new EvidenceWriter("KZ");
        var prover = new InclusionProver(store, Ledger, 3);
        var file = new MemoryStream();
        file.Write(writer.Manifest(
            false, DateTimeOffset.UnixEpoch, [], sealer.VerifierKey, [new EvidenceLedger(Ledger.Value, signer.VerifierKey, signer.Sign(tree.Head))]));
        for (var i = 2; i >= 0; i--)
        {
            file.Write(writer.Entry(Ledger, i, bodies[i], await prover.PathAsync(i)));
        }

        file.Write(writer.End(sealer));
        var (pack, keys) = (Path.Combine(_folder, "evidence.ndjson"), Path.Combine(_folder, "keys"));
        await File.WriteAllBytesAsync(pack, file.ToArray());
        await File.WriteAllLinesAsync(keys, [signer.VerifierKey, sealer.VerifierKey]);
        return (pack, keys);
    }
}
