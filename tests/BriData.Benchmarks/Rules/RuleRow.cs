using System.Collections.Immutable;

namespace BriData.Benchmarks.Rules;

/// <summary>One rule of the table: when every test holds, the transfer is forbidden or permitted.</summary>
/// <param name="Number">Position in the table; the first row that applies decides.</param>
/// <param name="Forbids">Whether the row forbids.</param>
/// <param name="Tests">What must hold, in this order in every evaluator.</param>
internal sealed record RuleRow(int Number, bool Forbids, ImmutableArray<RowTest> Tests);
