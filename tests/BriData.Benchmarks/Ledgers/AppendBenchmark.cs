using System.Diagnostics;
using System.Globalization;
using BriData.Benchmarks.Measuring;
using BriData.Benchmarks.Reporting;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Ledgers;
using Microsoft.Extensions.Options;

namespace BriData.Benchmarks.Ledgers;

/// <summary>
/// What proofs cost: the same entries appended through the store with leaf hashes, tree, tiles and head, and beside it as
/// place, key and body alone; the same writer, the same group commit, the same disk, by turns.
/// </summary>
internal sealed class AppendBenchmark(AppendOptions options, TextWriter output, TextWriter log)
{
    private readonly List<(double Bare, double Proofs)> _rates = [];
    private readonly LatencyHistogram _bareTimes = new();
    private readonly LatencyHistogram _proofsTimes = new();
    private ProcessCounters _bareUsed;
    private ProcessCounters _proofsUsed;

    public async Task RunAsync()
    {
        var parent = Directory.CreateDirectory(Path.Combine(options.DataDirectory ?? Path.GetTempPath(), $"bridata-bench-{Guid.NewGuid():N}"));
        try
        {
            var machine = Machine.Describe(parent.FullName);
            var exchange = await RealExchange.PerformAsync(Path.Combine(parent.FullName, "world"), log);
            await MeasureAsync(parent.FullName, exchange);
            Report(machine, exchange);
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    private async Task MeasureAsync(string parent, RealExchange exchange)
    {
        using var bareDirectory = new StorageDirectory(Path.Combine(parent, "bare"));
        using var proofsDirectory = new StorageDirectory(Path.Combine(parent, "proofs"));
        await using var bare = new SqliteLedgerStore(bareDirectory, Options.Create(new SqliteStorageOptions()));
        await using var proofs = new SqliteLedgerStore(proofsDirectory, Options.Create(new SqliteStorageOptions()));
        var table = new BareTable();
        var trees = Enumerable.Range(0, options.Ledgers).Select(n => LedgerTree.Empty(Id(n))).ToArray();

        // The first round warms up and is not counted.
        var batches = Math.Max(1, options.Entries / options.Ledgers / options.Batch);
        for (var round = 0; round <= options.Rounds; round++)
        {
            var first = (long)round * batches * options.Batch;
            var drafts = Enumerable.Range(0, options.Ledgers).Select(n => Drafts(exchange, n, first, batches)).ToArray();
            var (bareRate, bareUsed) = await TimeAsync(batches, _bareTimes, (n, times) => AppendBareAsync(bare, table, n, first, drafts[n], times));
            var (proofsRate, proofsUsed) = await TimeAsync(batches, _proofsTimes, (n, times) => AppendProvenAsync(proofs, trees[n], drafts[n], times));
            await log.WriteLineAsync(Text($"round {round}: bare {bareRate:n0}/s, with proofs {proofsRate:n0}/s"));
            if (round == 0)
            {
                _bareTimes.Clear();
                _proofsTimes.Clear();
                continue;
            }

            _rates.Add((bareRate, proofsRate));
            _bareUsed += bareUsed;
            _proofsUsed += proofsUsed;
        }

        foreach (var tree in trees)
        {
            if (await LedgerVerifier.VerifyAsync(proofs, tree.Head.Ledger, tree.Head) is { Ok: false } report)
            {
                throw new BenchmarkFailedException($"{report.Ledger} does not verify: {report.Problem}");
            }
        }
    }

    private LedgerEntryDraft[][] Drafts(RealExchange exchange, int ledger, long first, int batches) =>
    [
        .. Enumerable.Range(0, batches).Select(batch => Enumerable.Range(0, options.Batch).Select(i =>
        {
            var index = first + ((long)batch * options.Batch) + i;
            return exchange.Entry((ledger * 100_000_000L) + 1 + (index / exchange.Count), (int)(index % exchange.Count));
        }).ToArray()),
    ];

    private static async Task AppendBareAsync(SqliteLedgerStore store, BareTable table, int ledger, long first, LedgerEntryDraft[][] batches, LatencyHistogram times)
    {
        foreach (var batch in batches)
        {
            var started = Stopwatch.GetTimestamp();
            await store.File.WriteAsync(new BareAppendRequest(table, ledger, first, batch));
            times.Record(Stopwatch.GetTimestamp() - started);
            first += batch.Length;
        }
    }

    private static async Task AppendProvenAsync(SqliteLedgerStore store, LedgerTree tree, LedgerEntryDraft[][] batches, LatencyHistogram times)
    {
        foreach (var drafts in batches)
        {
            var batch = tree.Prepare(drafts);
            var started = Stopwatch.GetTimestamp();
            await store.AppendAsync(batch);
            times.Record(Stopwatch.GetTimestamp() - started);
            tree.Commit(batch);
        }
    }

    private async Task<(double Rate, ProcessCounters Used)> TimeAsync(int batches, LatencyHistogram times, Func<int, LatencyHistogram, Task> append)
    {
        var each = Enumerable.Range(0, options.Ledgers).Select(_ => new LatencyHistogram()).ToArray();
        GC.Collect();
        var before = ProcessCounters.Now();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Ledgers).Select(n => Task.Run(() => append(n, each[n]))));
        var elapsed = Stopwatch.GetElapsedTime(started);
        foreach (var mine in each)
        {
            times.Add(mine);
        }

        return ((double)batches * options.Batch * options.Ledgers / elapsed.TotalSeconds, ProcessCounters.Now() - before);
    }

    private void Report(Machine machine, RealExchange exchange)
    {
        machine.Write(output);
        output.WriteLine(Text($"{options.Ledgers} ledgers, batches of {options.Batch}, entries of {exchange.MeanBytes:n0} bytes, {options.Entries:n0} per round, {options.Rounds} rounds by turns"));
        output.WriteLine();
        var entries = (double)(options.Entries / options.Ledgers / options.Batch) * options.Batch * options.Ledgers * options.Rounds;
        Grid.Write(output, ["", "entries/s (median)", "CPU us/entry", "allocated B/entry", "append p50 ms", "p99 ms", "p99.9 ms", "longest ms"],
        [
            ["bare", Text($"{Median(_rates.Select(r => r.Bare)):n0}"), Text($"{_bareUsed.Cpu.TotalMicroseconds / entries:f1}"), Text($"{_bareUsed.AllocatedBytes / entries:n0}"), .. Times(_bareTimes)],
            ["with proofs", Text($"{Median(_rates.Select(r => r.Proofs)):n0}"), Text($"{_proofsUsed.Cpu.TotalMicroseconds / entries:f1}"), Text($"{_proofsUsed.AllocatedBytes / entries:n0}"), .. Times(_proofsTimes)],
        ]);
        var costs = _rates.Select(r => 1 - (r.Proofs / r.Bare)).Order().ToArray();
        output.WriteLine();
        output.WriteLine(Text($"Proofs cost {Median(costs):p1} of throughput (median of the rounds; {costs[0]:p1} to {costs[^1]:p1})."));
    }

    private static IEnumerable<string> Times(LatencyHistogram times) =>
        new[] { 0.5, 0.99, 0.999, 1 }.Select(share => Text($"{times.Quantile(share) * 1000.0 / Stopwatch.Frequency:f1}"));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    private static LedgerId Id(int number) => LedgerId.Parse(Text($"agreement/bench-{number + 1:d4}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
