using System.Text.Json;
using BriData.Benchmarks.Measuring;

namespace BriData.Benchmarks.Rules;

/// <summary>
/// The same tables of rules and the same requests through this platform's evaluator, Cedar and Microsoft's RulesEngine. All
/// must name the same deciding rule for every request before anything is timed.
/// </summary>
internal sealed class RuleBenchmark(RuleOptions options, TextWriter output, TextWriter log)
{
    public async Task RunAsync()
    {
        var leftOut = await CedarInstallation.PrepareAsync(options.Install, log);
        if (leftOut is not null)
        {
            await log.WriteLineAsync($"Cedar is left out: {leftOut}");
        }

        var tables = new List<RuleTableResult>();
        foreach (var rules in options.Rules)
        {
            tables.Add(await RunAsync(rules, withCedar: leftOut is null));
        }

        var report = new RuleReport(Machine.Describe(Path.GetTempPath()), options.Requests, options.Measured.TotalSeconds, leftOut, tables);
        RuleReportTable.Write(output, report);
        if (options.JsonFile is { } path)
        {
            await File.WriteAllBytesAsync(path, JsonSerializer.SerializeToUtf8Bytes(report, RuleReportJson.Default.RuleReport));
        }
    }

    private async Task<RuleTableResult> RunAsync(int rules, bool withCedar)
    {
        var table = RuleTable.Make(rules, options.Requests);
        var pack = BriDataEvaluator.PackOf(table);
        Func<IContestant>[] contestants =
        [
            () => InProcess(new BriDataEvaluator(table, pack)),
            () => InProcess(new BriDataBareEvaluator(table, pack)),
            .. withCedar ? (Func<IContestant>[])[() => new CedarContestant(table)] : [],
            () => InProcess(new RulesEngineEvaluator(table)),
        ];
        IReadOnlyList<int>? expected = null;
        var loaded = new List<IContestant>();
        try
        {
            foreach (var make in contestants)
            {
                var contestant = make();
                loaded.Add(contestant);
                await log.WriteLineAsync($"{rules} rules: {contestant.Name} answers {options.Requests} requests");
                var answers = await contestant.AnswerAsync();
                Compare(table, expected ??= answers, answers, contestant.Name);
            }

            var measurements = new List<RuleMeasurement>();
            foreach (var contestant in loaded)
            {
                measurements.Add(await contestant.MeasureAsync(options.Measured));
            }

            return new RuleTableResult(rules, expected!.Count(row => row < 0), measurements);
        }
        finally
        {
            foreach (var contestant in loaded)
            {
                await contestant.DisposeAsync();
            }
        }
    }

    private InProcessContestant InProcess(IRuleEvaluator evaluator) => new(evaluator, options.Requests);

    private static void Compare(RuleTable table, IReadOnlyList<int> expected, IReadOnlyList<int> answers, string name)
    {
        for (var request = 0; request < table.Requests.Length; request++)
        {
            if (answers[request] != expected[request])
            {
                throw new BenchmarkFailedException(
                    $"{name} says row {answers[request]}, BriData row {expected[request]} of {table.Rows.Length}, for {table.Requests[request]}");
            }
        }
    }
}
