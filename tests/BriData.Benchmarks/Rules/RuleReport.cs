using BriData.Benchmarks.Measuring;

namespace BriData.Benchmarks.Rules;

/// <summary>The results of a run, with everything needed to compare them with another.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="Requests">Different requests per table, each answered alike by every evaluator.</param>
/// <param name="MeasuredSeconds">Measured time per evaluator and table.</param>
/// <param name="LeftOut">Why an evaluator is missing; null when none is.</param>
/// <param name="Tables">One entry per size.</param>
internal sealed record RuleReport(
    Machine Machine, int Requests, double MeasuredSeconds, string? LeftOut, IReadOnlyList<RuleTableResult> Tables);
