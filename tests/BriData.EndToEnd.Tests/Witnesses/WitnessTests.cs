using BriData.EndToEnd.Tests.Support;
using BriData.Ledger.Notes;
using BriData.Ledger.Receipts;

namespace BriData.EndToEnd.Tests.Witnesses;

/// <summary>A platform and the witnesses of two countries, each a process of its own.</summary>
public sealed class WitnessTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly WitnessStand _cn = new("witness.example/cn");
    private readonly WitnessStand _kz = new("witness.example/kz");
    private readonly GatewayProcess _gateway = new(
        "--BriData:Gateway:FirstExchange=false", "--BriData:Witnesses:Period=00:00:00.100", "--BriData:Witnesses:MaxPause=00:00:00.200");

    private Office _office = null!;
    private Exchange _exchange = null!;
    private NoteVerifier _log = null!;

    public async ValueTask InitializeAsync()
    {
        await _gateway.StartAsync();
        _office = new Office(_gateway.Address);
        _exchange = await Exchange.CreateAsync(_office);
        var ledgers = (await (await _office.AuditorAsync("CN")).GetAsync("v1/ledgers")).Is(200).List("items");
        var keys = ledgers.ToDictionary(l => l.GetProperty("id").GetString()!, l => l.GetProperty("vkey").GetString()!);
        _log = NoteVerifier.Parse(keys[_exchange.Ledger]);
        foreach (var (witness, country) in new[] { (_cn, "CN"), (_kz, "KZ") })
        {
            witness.Serve(keys.Values);
            await witness.StartAsync();
            await witness.NameAsync(_office, country);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _office?.Dispose();
        await _gateway.DisposeAsync();
        _cn.Dispose();
        _kz.Dispose();
    }

    [Fact]
    public async Task Witness_KilledAndStartedAgain_DelaysTheWitnessedCheckpointAndNothingElse()
    {
        var first = await _exchange.AskAsync();
        var before = await WitnessedAtHeadAsync();
        Assert.NotNull(_cn.Key.Find(before));
        Assert.NotNull(_kz.Key.Find(before));
        Assert.Equal(before.Text, await ReceiptCheckpointAsync(first));

        _kz.Kill();
        var second = await _exchange.AskAsync();
        await Eventually.TrueAsync("the other witness's cosignature of the head", async () => _cn.Key.Find(await CheckpointAsync("checkpoint")) is not null, Deadline);
        Assert.Equal(before.Text, (await CheckpointAsync("checkpoint/witnessed")).Text);
        Assert.NotEqual(before.Text, await ReceiptCheckpointAsync(second));

        await _kz.StartAsync();
        var after = await WitnessedAtHeadAsync();
        Assert.True(SizeOf(after) > SizeOf(before));
        Assert.Equal(after.Text, await ReceiptCheckpointAsync(second));
    }

    [Fact]
    public async Task Ledger_PutBackToAnOlderCopy_IsCaughtByTheWitnesses()
    {
        await _exchange.AskAsync();
        await WitnessedAtHeadAsync();
        Assert.Equal(0, await _gateway.StopAsync());
        var (data, copy) = (_gateway.DataDirectory, _gateway.DataDirectory + "-older");
        Copy(data, copy);
        await _gateway.StartAsync();
        await _exchange.AskAsync();
        await _exchange.AskAsync();
        var held = SizeOf(await WitnessedAtHeadAsync());
        Assert.Equal(0, await _gateway.StopAsync());

        Directory.Delete(data, recursive: true);
        Directory.Move(copy, data);
        await _gateway.StartAsync();
        Assert.True(SizeOf(await CheckpointAsync("checkpoint")) < held);
        for (var i = 0; i < 4; i++)
        {
            await _exchange.AskAsync();
        }

        Assert.True(SizeOf(await CheckpointAsync("checkpoint")) > held);
        await Eventually.TrueAsync("both witnesses to keep evidence", () => _cn.Evidence.Length > 0 && _kz.Evidence.Length > 0, Deadline);
        await Eventually.TrueAsync(
            "the operator to be told", () => _gateway.Output.Any(line => line.Contains($"holds another history of {_exchange.Ledger}", StringComparison.Ordinal)), Deadline);
        Assert.True(SizeOf(await CheckpointAsync("checkpoint/witnessed")) < held);
        Assert.Null(_cn.Key.Find(await CheckpointAsync("checkpoint")));
    }

    private static long SizeOf(SignedNote checkpoint) => Checkpoint.Parse(checkpoint.Text).Size;

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>The witnessed checkpoint once it is that of the head, signed by the log and by both witnesses.</summary>
    private async Task<SignedNote> WitnessedAtHeadAsync()
    {
        SignedNote? witnessed = null;
        await Eventually.TrueAsync(
            "the head to be witnessed",
            async () =>
            {
                var answer = await (await _office.AuditorAsync("CN")).GetAsync($"v1/ledgers/{_exchange.Ledger}/checkpoint/witnessed");
                witnessed = answer.Status == 200 ? SignedNote.Parse(answer.Text) : null;
                return witnessed is not null && witnessed.Text == (await CheckpointAsync("checkpoint")).Text;
            },
            Deadline,
            () => string.Join('\n', _gateway.Output.TakeLast(30)));
        Assert.True(witnessed!.IsSignedBy(_log));
        Assert.NotNull(_cn.Key.Find(witnessed));
        Assert.NotNull(_kz.Key.Find(witnessed));
        return witnessed;
    }

    private async Task<SignedNote> CheckpointAsync(string which)
    {
        var note = SignedNote.Parse((await (await _office.AuditorAsync("KZ")).GetAsync($"v1/ledgers/{_exchange.Ledger}/{which}")).Is(200).Text);
        Assert.True(note.IsSignedBy(_log));
        return note;
    }

    private async Task<string> ReceiptCheckpointAsync(string transfer)
    {
        var receipt = (await (await _exchange.ImporterAsync()).GetAsync($"v1/transfers/{transfer}/receipt")).Is(200).Text;
        return SignedNote.Parse(TlogProof.Parse(receipt).Checkpoint).Text;
    }
}
