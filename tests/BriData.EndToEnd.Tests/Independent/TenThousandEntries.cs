using BriData.EndToEnd.Tests.Support;
using BriData.Ledger.Merkle;
using BriData.Ledger.Mirroring;

namespace BriData.EndToEnd.Tests.Independent;

/// <summary>A platform with a ledger of more than 10,000 entries, and a copy of all that it serves of that ledger.</summary>
public sealed class TenThousandEntries : IAsyncLifetime
{
    private const int Requests = 10_000;
    private const int Receipts = 20;

    private readonly GatewayProcess _gateway = new("--BriData:Gateway:FirstExchange=false");
    private readonly string _folder = Directory.CreateTempSubdirectory("bridata-independent-").FullName;
    private Office? _office;
    private CopyServer? _server;
    private LogCopy? _copy;

    /// <summary>Address of the ledger on the platform.</summary>
    internal string Url { get; private set; } = "";

    /// <summary>Token of an auditor.</summary>
    internal string Token { get; private set; } = "";

    /// <summary>A copy to be changed, with receipts and an older checkpoint that stand.</summary>
    internal LogCopy Copy
    {
        get
        {
            var copy = _copy!.Clone();
            copy.Old = Old;
            copy.Receipts.AddRange(_copy.Receipts);
            return copy;
        }
    }

    /// <summary>A checkpoint from before the last half of the requests.</summary>
    internal string Old { get; private set; } = "";

    /// <summary>A receipt of another ledger, and that ledger's key.</summary>
    internal (string Receipt, string Vkey) Other { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (GoProgram.WhyNot is not null)
        {
            return;
        }

        await _gateway.StartAsync();
        _server = await CopyServer.StartAsync();
        _office = new Office(_gateway.Address);
        var (exchange, other) = (await Exchange.CreateAsync(_office), await Exchange.CreateAsync(_office));
        var auditor = await _office.AuditorAsync("KZ");
        Token = auditor.Token!;
        Url = $"{_gateway.Address}v1/ledgers/{exchange.Ledger}";
        var transfers = await exchange.AskManyAsync(Requests / 2);
        Old = (await auditor.GetAsync($"v1/ledgers/{exchange.Ledger}/checkpoint")).Is(200).Text;
        transfers = [.. transfers, .. await exchange.AskManyAsync(Requests / 2)];
        var importer = await exchange.ImporterAsync();
        _copy = new LogCopy { Files = [], Vkey = await KeyAsync(auditor, exchange.Ledger) };
        _copy.Checkpoint = (await auditor.GetAsync($"v1/ledgers/{exchange.Ledger}/checkpoint")).Is(200).Text;
        await CopyTreeAsync(auditor, exchange.Ledger, LogCopy.Notes(_copy.Checkpoint).Size);
        await CopyTreeAsync(auditor, exchange.Ledger, LogCopy.Notes(Old).Size);
        foreach (var id in transfers.Where((_, i) => i % (transfers.Length / Receipts) == 0))
        {
            _copy.Receipts.Add((await importer.GetAsync($"v1/transfers/{id}/receipt")).Is(200).Text);
        }

        var elsewhere = await other.AskAsync();
        Other = ((await (await other.ImporterAsync()).GetAsync($"v1/transfers/{elsewhere}/receipt")).Is(200).Text, await KeyAsync(auditor, other.Ledger));
    }

    public async ValueTask DisposeAsync()
    {
        _office?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await _gateway.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A folder of this test's own.</summary>
    internal string NewFolder() => Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("n"))).FullName;

    /// <summary>Serves a copy and lets the Go program judge it.</summary>
    internal Task<(int Code, string Said)> JudgeAsync(LogCopy copy) => JudgeAsync(copy, _server!.Serve(copy));

    /// <summary>Lets the Go program judge what is at an address, with the key, receipts and older checkpoint of the copy.</summary>
    internal async Task<(int Code, string Said)> JudgeAsync(LogCopy copy, string where)
    {
        var folder = NewFolder();
        List<string> arguments = ["-vkey", copy.Vkey];
        if (copy.Origin is { } origin)
        {
            arguments.AddRange("-origin", origin);
        }

        if (copy.Old is { } old)
        {
            arguments.AddRange("-old", await WriteAsync(folder, "old", old));
        }

        for (var i = 0; i < copy.Receipts.Count; i++)
        {
            arguments.AddRange("-receipt", await WriteAsync(folder, $"{i}.tlog-proof", copy.Receipts[i]));
        }

        return await GoProgram.RunAsync(Token, [.. arguments, where]);
    }

    private static async Task<string> WriteAsync(string folder, string name, string content)
    {
        var file = Path.Combine(folder, name);
        await File.WriteAllTextAsync(file, content);
        return file;
    }

    private static async Task<string> KeyAsync(Officer auditor, string ledger) =>
        (await auditor.GetAsync("v1/ledgers")).Is(200).List("items").Single(l => l.GetProperty("id").GetString() == ledger).GetProperty("vkey").GetString()!;

    // The tree of an older checkpoint differs only in its partial tiles, which stay available.
    private async Task CopyTreeAsync(Officer auditor, string ledger, long size)
    {
        for (var level = 0; TileMath.HashesAt(level, size) > 0; level++)
        {
            for (var index = 0L; TileMath.WidthOf(level, index, size) is var width and > 0; index++)
            {
                await CopyAsync(TilePath.OfHashes(level, index, width).ToString());
                if (level == 0)
                {
                    await CopyAsync(TilePath.OfEntries(index, width).ToString());
                }
            }
        }

        async Task CopyAsync(string path)
        {
            if (!_copy!.Files.ContainsKey(path))
            {
                _copy.Files.Add(path, (await auditor.GetAsync($"v1/ledgers/{ledger}/{path}")).Is(200).Body);
            }
        }
    }
}
