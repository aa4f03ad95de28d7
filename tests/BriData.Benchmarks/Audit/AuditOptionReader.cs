namespace BriData.Benchmarks.Audit;

/// <summary>Reads the command line of the <c>audit</c> benchmark.</summary>
internal static class AuditOptionReader
{
    public const string Usage = """
        BriData.Benchmarks audit [options]

          --entries N           entries in the index (1000 to 50000000, default 5000000)
          --seconds N           time per question, and of the run under load (0.01 to 600, default 5)
          --rate N              entries a second that come in under load (1 to 100000, default 2000)
          --folder DIR          keep the index there, and use one that is there already
          --json FILE           write the results as JSON too
        """;

    /// <exception cref="UsageException">An option is unknown or out of bounds.</exception>
    public static AuditOptions Read(ReadOnlySpan<string> args) => OptionPairs.Read(new AuditOptions(), args, With);

    private static AuditOptions With(AuditOptions options, string name, string value) => name switch
    {
        "--entries" => options with { Entries = OptionPairs.Number(name, value, 1_000, 50_000_000) },
        "--seconds" => options with { Measured = OptionPairs.Seconds(name, value, 600) },
        "--rate" => options with { Rate = OptionPairs.Number(name, value, 1, 100_000) },
        "--folder" => options with { Folder = value },
        "--json" => options with { JsonFile = value },
        _ => throw OptionPairs.Unknown(name),
    };
}
