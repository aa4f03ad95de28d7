using System.Globalization;

namespace BriData.Benchmarks.Reporting;

/// <summary>The results for a person to read.</summary>
internal static class ReportTable
{
    private const string None = "-";

    public static void Write(TextWriter output, BenchmarkReport report)
    {
        report.Machine.Write(output);
        output.WriteLine(Text($"{report.Clients} clients in the same process over loopback HTTP/1.1; {report.MeasuredSeconds} s per target in {report.Rounds} alternating rounds after {report.WarmupSeconds} s warm-up"));
        output.WriteLine();
        Grid.Write(output, ["agreements", "echo/s", "transfers/s", "ratio", "round ratios", "echo p50", "p99 ms", "transfers p50", "p99 ms", "decision"], report.Results.Select(Rates));
        output.WriteLine();
        Grid.Write(
            output,
            ["agreements", "echo answer B", "B/req", "CPU us", "GC", "transfers answer B", "B/req", "CPU us", "GC", "entries/commit", "commit ms", "index lag s", "verified"],
            report.Results.Select(Costs));
        output.WriteLine();
        output.WriteLine("B/req (allocated), CPU and GC (pauses) are of the whole process: server, load generator, audit index. Index lag: time after");
        output.WriteLine("all transfer rounds together until the audit index had caught up. Verified: transfers read back from verified ledgers.");
    }

    private static string[] Rates(AgreementResult r) =>
    [
        Text($"{r.Agreements}"),
        Number(r.Echo?.Rate, "n0"),
        Number(r.Transfers?.Rate, "n0"),
        Number(r.Ratio, "f3"),
        r.RoundRatios.Count == 0 ? None : Text($"{r.RoundRatios.Min():f3} to {r.RoundRatios.Max():f3}"),
        Number(r.Echo?.P50Milliseconds, "f2"),
        Number(r.Echo?.P99Milliseconds, "f2"),
        Number(r.Transfers?.P50Milliseconds, "f2"),
        Number(r.Transfers?.P99Milliseconds, "f2"),
        r.Outcome,
    ];

    private static string[] Costs(AgreementResult r) =>
    [
        Text($"{r.Agreements}"),
        Number(r.Echo?.AnswerBytes, "n0"),
        Number(r.Echo?.AllocatedBytes, "n0"),
        Number(r.Echo?.CpuMicroseconds, "f1"),
        Number(r.Echo?.GcPauseShare, "p1"),
        Number(r.Transfers?.AnswerBytes, "n0"),
        Number(r.Transfers?.AllocatedBytes, "n0"),
        Number(r.Transfers?.CpuMicroseconds, "f1"),
        Number(r.Transfers?.GcPauseShare, "p1"),
        Number(r.Transfers is null ? null : r.EntriesPerCommit, "f1"),
        Number(r.Transfers is null ? null : r.CommitMilliseconds, "f2"),
        Number(r.Transfers is null ? null : r.IndexDrainSeconds, "f1"),
        Text($"{r.Verified:n0}"),
    ];

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? None;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
