namespace BriData.Benchmarks.Ledgers;

/// <summary>Reads the command line of the <c>append</c> benchmark.</summary>
internal static class AppendOptionReader
{
    public const string Usage = """
        BriData.Benchmarks append [options]

          --entries N           entries per contestant and round (1000 to 10000000, default 40000)
          --rounds N            rounds, contestants taking turns (1 to 100, default 6)
          --ledgers N           ledgers that append at the same time (1 to 1024, default 8)
          --batch N             entries of a batch (1 to 4096, default 16)
          --data DIR            where the fresh data directories are made (default: the temporary directory)
        """;

    /// <exception cref="UsageException">An option is unknown or out of bounds.</exception>
    public static AppendOptions Read(ReadOnlySpan<string> args) => OptionPairs.Read(new AppendOptions(), args, With);

    private static AppendOptions With(AppendOptions options, string name, string value) => name switch
    {
        "--entries" => options with { Entries = OptionPairs.Number(name, value, 1_000, 10_000_000) },
        "--rounds" => options with { Rounds = OptionPairs.Number(name, value, 1, 100) },
        "--ledgers" => options with { Ledgers = OptionPairs.Number(name, value, 1, 1024) },
        "--batch" => options with { Batch = OptionPairs.Number(name, value, 1, 4096) },
        "--data" => options with { DataDirectory = value },
        _ => throw OptionPairs.Unknown(name),
    };
}
