using BriData.Benchmarks.Load;

namespace BriData.Benchmarks;

/// <summary>Reads the command line of the <c>transfers</c> benchmark.</summary>
internal static class OptionReader
{
    public const string Usage = """
        BriData.Benchmarks transfers [options]

          --seconds N           measured time per target and agreement count (0.01 to 600, default 10)
          --warmup N            unmeasured time before it (0 to 120, default 3)
          --rounds N            rounds the measured time is split into, targets taking turns (1 to 100, default 5)
          --clients N           connections (1 to 4096, default 64)
          --agreements N,N,…    agreement counts (each 1 to 1024, default 1,4,16,64)
          --only echo|transfers drive one target, for a profiler
          --data DIR            where the fresh data directories are made (default: the temporary directory)
          --json FILE           write the results as JSON too
        """;

    /// <exception cref="UsageException">An option is unknown or out of bounds.</exception>
    public static TransferOptions Read(ReadOnlySpan<string> args) => OptionPairs.Read(new TransferOptions(), args, With);

    private static TransferOptions With(TransferOptions options, string name, string value) => name switch
    {
        "--seconds" => options with { Measured = OptionPairs.Seconds(name, value, 600) },
        "--warmup" => options with { Warmup = TimeSpan.FromSeconds(OptionPairs.Number(name, value, 0, 120)) },
        "--rounds" => options with { Rounds = OptionPairs.Number(name, value, 1, 100) },
        "--clients" => options with { Clients = OptionPairs.Number(name, value, 1, 4096) },
        "--agreements" => options with { Agreements = [.. value.Split(',').Select(n => OptionPairs.Number(name, n, 1, 1024))] },
        "--only" => options with { Targets = [TargetOf(value)] },
        "--data" => options with { DataDirectory = value },
        "--json" => options with { JsonFile = value },
        _ => throw OptionPairs.Unknown(name),
    };

    private static Target TargetOf(string text) => text switch
    {
        "echo" => Target.Echo,
        "transfers" => Target.Transfers,
        _ => throw new UsageException($"--only takes echo or transfers, not '{text}'."),
    };
}
