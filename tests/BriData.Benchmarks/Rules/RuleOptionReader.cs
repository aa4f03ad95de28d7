namespace BriData.Benchmarks.Rules;

/// <summary>Reads the command line of the <c>rules</c> benchmark.</summary>
internal static class RuleOptionReader
{
    public const string Usage = """
        BriData.Benchmarks rules [options]

          --rules N,N,…         rules of the table (each 1 to 20000, default 100,1000,10000)
          --requests N          different requests per table (1 to 100000, default 1000)
          --seconds N           measured time per evaluator and table (0.01 to 600, default 3)
          --install yes|no      install Cedar where it is not (default yes); without it, it is left out
          --json FILE           write the results as JSON too

        Cedar runs under Node, which is looked for on the path; its package is installed by npm on first use.
        """;

    /// <exception cref="UsageException">An option is unknown or out of bounds.</exception>
    public static RuleOptions Read(ReadOnlySpan<string> args) => OptionPairs.Read(new RuleOptions(), args, With);

    private static RuleOptions With(RuleOptions options, string name, string value) => name switch
    {
        "--rules" => options with { Rules = [.. value.Split(',').Select(n => OptionPairs.Number(name, n, 1, 20_000))] },
        "--requests" => options with { Requests = OptionPairs.Number(name, value, 1, 100_000) },
        "--seconds" => options with { Measured = OptionPairs.Seconds(name, value, 600) },
        "--install" => options with { Install = value switch { "yes" => true, "no" => false, _ => throw new UsageException($"--install takes yes or no, not '{value}'.") } },
        "--json" => options with { JsonFile = value },
        _ => throw OptionPairs.Unknown(name),
    };
}
