using BriData.Benchmarks.Audit;
using BriData.Benchmarks.Ledgers;
using BriData.Benchmarks.Rules;
using BriData.Benchmarks.Verifying;

namespace BriData.Benchmarks;

/// <summary>Entry point. Exit codes: 0 measured and verified, 1 a check failed, 2 wrong use.</summary>
internal static class BenchmarkProgram
{
    private const int Failed = 1;
    private const int WrongUse = 2;

    private static async Task<int> Main(string[] args)
    {
        try
        {
            await RunAsync(args);
            return 0;
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync(string.Join("\n\n", (string[])[e.Message, OptionReader.Usage, RuleOptionReader.Usage, AuditOptionReader.Usage, AppendOptionReader.Usage, RestartOptionReader.Usage, VerifyOptionReader.Usage]));
            return WrongUse;
        }
        catch (BenchmarkFailedException e)
        {
            await Console.Error.WriteLineAsync($"FAILED: {e.Message}");
            return Failed;
        }
    }

    private static Task RunAsync(string[] args) => args switch
    {
        ["transfers", .. var settings] => new TransferBenchmark(OptionReader.Read(settings), Console.Out, Console.Error).RunAsync(),
        ["rules", .. var settings] => new RuleBenchmark(RuleOptionReader.Read(settings), Console.Out, Console.Error).RunAsync(),
        ["audit", .. var settings] => new AuditBenchmark(AuditOptionReader.Read(settings), Console.Out, Console.Error).RunAsync(),
        ["append", .. var settings] => new AppendBenchmark(AppendOptionReader.Read(settings), Console.Out, Console.Error).RunAsync(),
        ["restart", .. var settings] => new RestartBenchmark(RestartOptionReader.Read(settings), Console.Out, Console.Error).RunAsync(),
        ["verify", .. var settings] => new VerifyBenchmark(VerifyOptionReader.Read(settings), Console.Out, Console.Error).RunAsync(),
        _ => throw new UsageException("Name a benchmark: transfers, rules, audit, append, restart or verify."),
    };
}
