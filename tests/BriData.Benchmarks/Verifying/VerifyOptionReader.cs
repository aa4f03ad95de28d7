namespace BriData.Benchmarks.Verifying;

/// <summary>Reads the command line of the <c>verify</c> benchmark.</summary>
internal static class VerifyOptionReader
{
    public const string Usage = """
        BriData.Benchmarks verify [options]

          --entries N           entries of the ledger (1000 to 20000000, default 1000000)
          --rounds N            measured rounds, programs taking turns (1 to 20, default 3)
          --folder DIR          where the ledger is written, and used again if it has that many entries

        The program in tests/independent needs Debian's packages golang and golang-golang-x-mod-dev.
        """;

    /// <exception cref="UsageException">An option is unknown or out of bounds.</exception>
    public static VerifyOptions Read(ReadOnlySpan<string> args) => OptionPairs.Read(new VerifyOptions(), args, With);

    private static VerifyOptions With(VerifyOptions options, string name, string value) => name switch
    {
        "--entries" => options with { Entries = OptionPairs.Number(name, value, 1000, 20_000_000) },
        "--rounds" => options with { Rounds = OptionPairs.Number(name, value, 1, 20) },
        "--folder" => options with { Folder = value },
        _ => throw OptionPairs.Unknown(name),
    };
}
