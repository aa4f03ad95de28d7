using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using BriData.Benchmarks.Hosting;
using BriData.Benchmarks.Load;
using BriData.Benchmarks.Measuring;
using BriData.Benchmarks.Reporting;
using BriData.Benchmarks.Verifying;
using BriData.Contracts.Transfers;

namespace BriData.Benchmarks;

/// <summary>
/// One agreement count: a platform of its own on an empty directory, so that every count starts from the same state; warm-up,
/// alternating rounds, stop, and the check of what is on disk.
/// </summary>
internal sealed class AgreementRun(TransferOptions options, int agreements, string dataDirectory, TextWriter log)
{
    private const int MaxOfficers = 16;

    private readonly List<RoundResult> _rounds = [];
    private CommitCounters _commits;
    private TimeSpan _indexDrain;

    public async Task<AgreementResult> RunAsync()
    {
        using var commits = new CommitListener();
        TransferReply sample;
        LoadGenerator load;
        await using (var host = await GatewayHost.StartAsync(dataDirectory, log))
        {
            var world = new BenchmarkWorld(host.Api);
            var ids = await world.CreateAgreementsAsync(agreements);
            var officers = await world.OfficersAsync(Math.Min(options.Clients, MaxOfficers));
            sample = await world.TouchAsync(ids, officers[0]);
            host.Echo.AnswerLike(sample);
            using (load = new LoadGenerator(host.Address, ids, officers, options.Clients))
            {
                await load.ConnectAsync(host.Address);
                await DriveAsync(host, load, commits);
            }
        }

        // The touch of each agreement was acknowledged too.
        var verified = await LedgerCheck.RunAsync(dataDirectory, load.Acknowledged.ToImmutableDictionary(a => a.Key, a => a.Value + 1));
        return new AgreementResult(
            agreements,
            Outcome(sample),
            TargetResult.Of([.. Of(Target.Echo)]),
            TargetResult.Of([.. Of(Target.Transfers)]),
            [.. Of(Target.Echo).Zip(Of(Target.Transfers), (echo, transfers) => transfers.Rate / echo.Rate)],
            _commits.EntriesPerCommit,
            _commits.MillisecondsPerCommit,
            _indexDrain.TotalSeconds,
            verified);
    }

    private async Task DriveAsync(GatewayHost host, LoadGenerator load, CommitListener commits)
    {
        foreach (var target in options.Targets.Where(_ => options.Warmup > TimeSpan.Zero))
        {
            await load.RunAsync(target, options.Warmup);
            await host.DrainIndexAsync();
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var target in options.Targets)
            {
                var before = commits.Now();
                _rounds.Add(await load.RunAsync(target, options.Measured / options.Rounds));
                if (target == Target.Transfers)
                {
                    _commits += commits.Now() - before;

                    // What the index has yet to do is not the next echo round's to pay for.
                    var ended = Stopwatch.GetTimestamp();
                    await host.DrainIndexAsync();
                    _indexDrain += Stopwatch.GetElapsedTime(ended);
                }
            }
        }
    }

    private IEnumerable<RoundResult> Of(Target target) => _rounds.Where(r => r.Target == target);

    private static string Outcome(TransferReply reply)
    {
        using var decision = JsonDocument.Parse(reply.Decision.Utf8);
        return $"{reply.Status} ({decision.RootElement.GetProperty("code").GetString()})";
    }
}
