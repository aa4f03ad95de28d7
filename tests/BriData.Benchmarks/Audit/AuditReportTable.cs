using System.Globalization;
using BriData.Benchmarks.Reporting;

namespace BriData.Benchmarks.Audit;

/// <summary>The results for a person to read.</summary>
internal static class AuditReportTable
{
    public static void Write(TextWriter output, AuditReport report)
    {
        var machine = report.Machine;
        var load = report.Load;
        output.WriteLine($"BriData {machine.Build}, {machine.At:yyyy-MM-dd HH:mm'Z'}");
        output.WriteLine($"{machine.Processor}, {machine.Cores} cores; {machine.System}; {machine.Runtime}, {machine.GarbageCollector} GC");
        output.WriteLine(Text($"{report.Entries:n0} entries, {report.Bytes / 1048576.0:n0} MiB on {machine.FileSystem}, {(double)report.Bytes / report.Entries:n0} B per entry"));
        output.WriteLine(report.Built is { } built ? Text($"built at {built.PerSecond:n0} entries/s in batches of {AuditBuild.BatchSize:n0} (median {built.BatchMilliseconds:n0} ms, longest {built.LongestMilliseconds:n0} ms), {built.ProcessorMicroseconds:n0} us of processor time each") : "built by an earlier run");
        output.WriteLine(Text($"one entry alone: {report.SingleMicroseconds:n0} us of processor time (median)"));
        output.WriteLine();
        Grid.Write(output, ["asked", "found", "p50 ms", "p99 ms", "max ms", "p99 cpu ms", "question"], report.Inquiries.Select(Line));
        output.WriteLine();
        output.WriteLine(Text($"Under load, {load.Seconds:n0} s: {load.Rate:n0} entries/s come in, two auditors ask all of these: {load.Questions:n0} answers,"));
        output.WriteLine(Text($"p50 {load.QuestionP50Milliseconds:n2} ms, p99 {load.QuestionP99Milliseconds:n2} ms; index lag p50 {load.LagP50Milliseconds:n0} ms, p99 {load.LagP99Milliseconds:n0} ms, max {load.LagMaxMilliseconds:n0} ms"));
        output.WriteLine();
        output.WriteLine("A question is one page of 50, first or later ones, mostly with other values each time; found: entries on it. Straight on the index: HTTP and");
        output.WriteLine("the check of the caller come on top. Cpu: processor time of the process per answer, which other work on the machine hardly lengthens. Lag:");
        output.WriteLine("from an entry's arrival to the end of the pass that takes it, passes half a second apart as in the platform.");
    }

    private static string[] Line(InquiryResult result) =>
    [
        Text($"{result.Asked:n0}"),
        Text($"{result.Found:n1}"),
        Text($"{result.P50Milliseconds:n2}"),
        Text($"{result.P99Milliseconds:n2}"),
        Text($"{result.MaxMilliseconds:n2}"),
        Text($"{result.ProcessorP99Milliseconds:n2}"),
        result.Name.PadRight(40),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
