namespace BriData.Benchmarks.Rules;

/// <summary>Reads the command line of the <c>rules</c> benchmark.</summary>
internal static class RuleOptionReader
{
    public const string Usage = """
        BriData.Benchmarks rules [options]

          --rules N,N,…         rules of the table (each 1 to 20000, default 100,1000,10000)
          --requests N          different requests per table (1 to 100000, default 1000)
          --seconds N           measured time per evaluator and table (1 to 600, default 3)
          --json FILE           write the results as JSON too

        Cedar runs under Node, which is looked for on the path; its package is installed by npm on first use.
        """;

    /// <exception cref="UsageException">An option is unknown or out of bounds.</exception>
    public static RuleOptions Read(ReadOnlySpan<string> args)
    {
        var options = new RuleOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : throw new UsageException($"{args[i]} needs a value.");
            options = With(options, args[i], value);
        }

        return options;
    }

    private static RuleOptions With(RuleOptions options, string name, string value) => name switch
    {
        "--rules" => options with { Rules = [.. value.Split(',').Select(n => OptionReader.Number(name, n, 1, 20_000))] },
        "--requests" => options with { Requests = OptionReader.Number(name, value, 1, 100_000) },
        "--seconds" => options with { Measured = TimeSpan.FromSeconds(OptionReader.Number(name, value, 1, 600)) },
        "--json" => options with { JsonFile = value },
        _ => throw new UsageException($"There is no option {name}."),
    };
}
