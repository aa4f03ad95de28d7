namespace BriData.Benchmarks.Rules;

/// <summary>The results for one size of the table; BriData comes first.</summary>
/// <param name="Rules">Rows of the table.</param>
/// <param name="Undecided">Requests to which no row applies.</param>
/// <param name="Measurements">One per evaluator.</param>
internal sealed record RuleTableResult(int Rules, int Undecided, IReadOnlyList<RuleMeasurement> Measurements);
