using System.Globalization;
using BriData.Benchmarks.Reporting;

namespace BriData.Benchmarks.Rules;

/// <summary>The results for a person to read.</summary>
internal static class RuleReportTable
{
    public static void Write(TextWriter output, RuleReport report)
    {
        var machine = report.Machine;
        output.WriteLine($"BriData {machine.Build}, {machine.At:yyyy-MM-dd HH:mm'Z'}");
        output.WriteLine($"{machine.Processor}, {machine.Cores} cores; {machine.System}; {machine.Runtime}, {machine.GarbageCollector} GC");
        output.WriteLine(Text($"{report.Requests} different requests per table, answered alike by all evaluators before anything was timed; {report.MeasuredSeconds} s each after as much warm-up, one thread"));
        if (report.LeftOut is { } reason)
        {
            output.WriteLine($"Cedar is left out: {reason}");
        }

        output.WriteLine();
        Grid.Write(
            output,
            ["rules", "no rule", "evaluator", "decisions", "p50 us", "p99 us", "B/decision", "empty us", "p50 / BriData"],
            report.Tables.SelectMany(table => table.Measurements.Select(measured => Line(table, measured))));
        output.WriteLine();
        output.WriteLine(Growth(report));
        output.WriteLine("No rule: requests that no rule of the table applies to. B/decision: managed memory allocated; what Node and WebAssembly allocate");
        output.WriteLine("is not measured. Empty: a call with no policies at all, the cost of crossing into WebAssembly. Facts are given as objects, to Cedar");
        output.WriteLine("as JavaScript objects. The account of BriData names every rule looked at with the facts that decided it; of a pack of more than");
        output.WriteLine("256 rules only those that apply or may apply.");
    }

    private static string[] Line(RuleTableResult table, RuleMeasurement measured) =>
    [
        Text($"{table.Rules:n0}"),
        Text($"{table.Undecided:n0}"),
        measured.Evaluator,
        Text($"{measured.Decisions:n0}"),
        Text($"{measured.P50Microseconds:n2}"),
        Text($"{measured.P99Microseconds:n2}"),
        measured.AllocatedBytes is { } bytes ? Text($"{bytes:n0}") : "n/a",
        measured.CallMicroseconds is { } call ? Text($"{call:n2}") : "-",
        Text($"{measured.P50Microseconds / table.Measurements[0].P50Microseconds:n1}"),
    ];

    private static string Growth(RuleReport report)
    {
        var (first, last) = (report.Tables[0], report.Tables[^1]);
        var parts = first.Measurements.Zip(last.Measurements, (few, many) => Text($"{few.Evaluator} {many.P50Microseconds / few.P50Microseconds:n2}x"));
        return Text($"Growth of p50 from {first.Rules:n0} to {last.Rules:n0} rules: {string.Join(", ", parts)}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
