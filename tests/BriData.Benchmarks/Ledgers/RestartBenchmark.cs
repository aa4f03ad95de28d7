using System.Diagnostics;
using System.Globalization;
using BriData.Benchmarks.Measuring;
using BriData.Benchmarks.Reporting;
using BriData.Grains;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Storage.Sqlite.Audit;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Ledgers;
using Microsoft.Extensions.Options;

namespace BriData.Benchmarks.Ledgers;

/// <summary>How long a start takes, on an empty directory and on one with a long ledger, until ready and until the first transfer is recorded.</summary>
internal sealed class RestartBenchmark(RestartOptions options, TextWriter output, TextWriter log)
{
    private const double Factor = 1.5;
    private const int BatchExchanges = 1_024;

    private static readonly LedgerId Id = LedgerId.Parse($"agreement/{RealExchange.Agreement}");

    private readonly List<(string Name, List<double> Ready, List<double> First)> _starts = [];

    public async Task RunAsync()
    {
        var parent = Directory.CreateDirectory(Path.Combine(options.DataDirectory ?? Path.GetTempPath(), $"bridata-bench-{Guid.NewGuid():N}"));
        try
        {
            var machine = Machine.Describe(parent.FullName);
            var world = Path.Combine(parent.FullName, "world");
            for (var round = 0; round <= options.Rounds; round++)
            {
                // The first start warms the disk cache of the program's files and is not counted.
                await StartAsync("empty", Path.Combine(parent.FullName, $"empty-{round}"), first: false, counted: round > 0);
            }

            var exchange = await RealExchange.PerformAsync(world, log);
            await StartAsync("its first start at this address", world, counted: false);
            await RoundsAsync("a short ledger", world);
            await FillAsync(world, exchange, options.Entries);
            await StartAsync("a long one, without a snapshot", world);
            await RoundsAsync("with a snapshot", world);
            var behind = new BriDataGrainOptions().SnapshotEvery - 1;
            await FillAsync(world, exchange, behind);
            await RoundsAsync(Text($"with one that is {behind:n0} entries old"), world, kill: true);
            foreach (var file in Directory.EnumerateFiles(world, "audit-*"))
            {
                File.Delete(file);
            }

            await StartAsync("and without the audit index", world, kill: true);
            await VerifyAsync(world);
            Report(machine);
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    private async Task RoundsAsync(string name, string directory, bool kill = false)
    {
        for (var round = 0; round < options.Rounds; round++)
        {
            await StartAsync(name, directory, kill);
        }
    }

    private async Task StartAsync(string name, string directory, bool kill = false, bool first = true, bool counted = true)
    {
        var (run, ready) = await GatewayRun.StartAsync(directory);
        var recorded = first ? await run.FirstTransferAsync() : (TimeSpan?)null;
        await run.EndAsync(kill);
        await log.WriteLineAsync(Text($"{name}: ready after {ready.TotalSeconds:f2} s, first transfer after {recorded?.TotalSeconds:f2} s"));
        if (!counted)
        {
            return;
        }

        if (_starts.FindIndex(s => s.Name == name) is var at && at < 0)
        {
            at = _starts.Count;
            _starts.Add((name, [], []));
        }

        _starts[at].Ready.Add(ready.TotalSeconds);
        if (recorded is { } time)
        {
            _starts[at].First.Add(time.TotalSeconds);
        }
    }

    /// <summary>Appends exchanges like the real one, and brings the audit index up to them.</summary>
    private async Task FillAsync(string path, RealExchange exchange, int entries)
    {
        var started = Stopwatch.GetTimestamp();
        using var directory = new StorageDirectory(path);
        await using var store = new SqliteLedgerStore(directory, Options.Create(new SqliteStorageOptions()));
        var tree = await LedgerTree.LoadAsync(store, Id);
        var number = await LastTransferAsync(store, tree.Head.Size);
        for (var left = (entries + exchange.Count - 1) / exchange.Count; left > 0; left -= BatchExchanges)
        {
            var drafts = new List<LedgerEntryDraft>();
            for (var i = 0; i < Math.Min(left, BatchExchanges); i++)
            {
                number++;
                drafts.AddRange(Enumerable.Range(0, exchange.Count).Select(step => exchange.Entry(number, step)));
            }

            var batch = tree.Prepare(drafts);
            await store.AppendAsync(batch);
            tree.Commit(batch);
        }

        await log.WriteLineAsync(Text($"{tree.Head.Size:n0} entries after {Stopwatch.GetElapsedTime(started).TotalSeconds:f0} s"));
        using var index = new SqliteAuditIndex(directory, Options.Create(new SqliteStorageOptions()));
        await new AuditProjector(store, index).CatchUpAsync();
        await log.WriteLineAsync(Text($"and indexed after {Stopwatch.GetElapsedTime(started).TotalSeconds:f0} s"));
    }

    private static async Task<long> LastTransferAsync(ILedgerStore store, long size)
    {
        var last = 0L;
        await foreach (var entry in store.ReadAsync(Id, Math.Max(0, size - 100), size))
        {
            using var json = System.Text.Json.JsonDocument.Parse(entry.Body);
            if (json.RootElement.TryGetProperty("transfer", out var transfer))
            {
                last = Math.Max(last, long.Parse(transfer.GetString()!.Split(':')[1], CultureInfo.InvariantCulture));
            }
        }

        return last;
    }

    private static async Task VerifyAsync(string path)
    {
        using var directory = new StorageDirectory(path);
        await using var store = new SqliteLedgerStore(directory, Options.Create(new SqliteStorageOptions()));
        if (await LedgerVerifier.VerifyAsync(store, Id) is { Ok: false } report)
        {
            throw new BenchmarkFailedException($"{Id} does not verify: {report.Problem}");
        }
    }

    private void Report(Machine machine)
    {
        machine.Write(output);
        output.WriteLine(Text($"{options.Entries:n0} entries in one ledger, of exchanges of four; seconds from the start of the process, median of {options.Rounds}"));
        output.WriteLine();
        var bound = (Factor * Median(_starts[0].Ready)) + 1;
        Grid.Write(output, ["start on", "ready", "first transfer"], _starts.Select(s => (string[])
            [s.Name, Text($"{Median(s.Ready):f2}"), s.First.Count == 0 ? "-" : Text($"{Median(s.First):f2}")]));
        output.WriteLine();
        output.WriteLine(Text($"Aim for ready: {bound:f2} s (1.5 times empty, and one second more); the slowest is {_starts.Skip(1).Max(s => Median(s.Ready)):f2} s."));
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
