namespace BriData.Benchmarks.Rules;

/// <summary>Times of one evaluator on one table.</summary>
/// <param name="Evaluator">Its name.</param>
/// <param name="Decisions">Decisions timed.</param>
/// <param name="P50Microseconds">Half the decisions took no longer.</param>
/// <param name="P99Microseconds">99 of 100 took no longer.</param>
/// <param name="AllocatedBytes">Managed memory per decision; null where it cannot be measured.</param>
/// <param name="CallMicroseconds">Median of a call with no rules at all, where reaching the evaluator costs something.</param>
internal sealed record RuleMeasurement(
    string Evaluator, long Decisions, double P50Microseconds, double P99Microseconds, double? AllocatedBytes, double? CallMicroseconds);
