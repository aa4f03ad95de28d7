using System.Collections.Immutable;
using BriData.Policy.Facts;

namespace BriData.Benchmarks.Rules;

/// <summary>One comparison of a row; each evaluator has it in its own language.</summary>
/// <param name="Fact">The fact that is read.</param>
/// <param name="Kind">How.</param>
/// <param name="Codes">Codes, where the comparison has any.</param>
/// <param name="Number">Threshold, or 0 and 1 for a flag.</param>
internal sealed record RowTest(FactDefinition Fact, RowTestKind Kind, ImmutableArray<string> Codes, long Number);

/// <summary>How a row reads a fact.</summary>
internal enum RowTestKind
{
    /// <summary>The code is one of these.</summary>
    OneOf,

    /// <summary>The set holds one of these.</summary>
    HoldsAny,

    /// <summary>The flag is so.</summary>
    Is,

    /// <summary>The count is at least this.</summary>
    AtLeast,

    /// <summary>The count is below this.</summary>
    Below,
}
