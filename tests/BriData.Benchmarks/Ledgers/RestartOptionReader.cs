namespace BriData.Benchmarks.Ledgers;

/// <summary>Settings of the <c>restart</c> benchmark, and how they are read.</summary>
/// <param name="Entries">Entries of the long ledger.</param>
/// <param name="Rounds">Starts of each kind.</param>
/// <param name="DataDirectory">Directory in which a fresh one is made and removed afterwards; null for the system's temporary directory.</param>
internal sealed record RestartOptions(int Entries = 1_000_000, int Rounds = 3, string? DataDirectory = null);

/// <summary>Reads the command line of the <c>restart</c> benchmark.</summary>
internal static class RestartOptionReader
{
    public const string Usage = """
        BriData.Benchmarks restart [options]

          --entries N           entries of the long ledger (1000 to 10000000, default 1000000)
          --rounds N            starts of each kind (1 to 100, default 3)
          --data DIR            where the fresh data directories are made (default: the temporary directory)
        """;

    /// <exception cref="UsageException">An option is unknown or out of bounds.</exception>
    public static RestartOptions Read(ReadOnlySpan<string> args) => OptionPairs.Read(new RestartOptions(), args, With);

    private static RestartOptions With(RestartOptions options, string name, string value) => name switch
    {
        "--entries" => options with { Entries = OptionPairs.Number(name, value, 1_000, 10_000_000) },
        "--rounds" => options with { Rounds = OptionPairs.Number(name, value, 1, 100) },
        "--data" => options with { DataDirectory = value },
        _ => throw OptionPairs.Unknown(name),
    };
}
