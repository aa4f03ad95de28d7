namespace BriData.Benchmarks;

/// <summary>Entry point. Exit codes: 0 measured and verified, 1 a check failed, 2 wrong use.</summary>
internal static class BenchmarkProgram
{
    private const int Failed = 1;
    private const int WrongUse = 2;

    private static async Task<int> Main(string[] args)
    {
        if (args is not ["transfers", .. var settings])
        {
            await Console.Error.WriteLineAsync(OptionReader.Usage);
            return WrongUse;
        }

        try
        {
            await new TransferBenchmark(OptionReader.Read(settings), Console.Out, Console.Error).RunAsync();
            return 0;
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n\n{OptionReader.Usage}");
            return WrongUse;
        }
        catch (BenchmarkFailedException e)
        {
            await Console.Error.WriteLineAsync($"FAILED: {e.Message}");
            return Failed;
        }
    }
}
