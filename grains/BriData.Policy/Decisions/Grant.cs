using System.Collections.Immutable;
using BriData.Policy.Classification;

namespace BriData.Policy.Decisions;

/// <summary>Who may receive which data sets of whom, and why.</summary>
/// <param name="Id">Name of the grant within the agreement, cited in decisions.</param>
/// <param name="DataSets">Data set identifiers, or a prefix ending in <c>/*</c>.</param>
/// <param name="Importers">Agency identifiers that may receive.</param>
/// <param name="Purposes">Purpose codes of the vocabulary.</param>
/// <param name="MaxLevel">The highest neutral level that may travel under this grant.</param>
/// <param name="ApprovalBy">Country whose approver must release each transfer, or null.</param>
/// <param name="TransfersPerYear">Number of transfers allowed in one UTC calendar year, or null.</param>
public sealed record Grant(
    string Id,
    ImmutableArray<string> DataSets,
    ImmutableArray<string> Importers,
    ImmutableArray<string> Purposes,
    SecurityLevel MaxLevel,
    string? ApprovalBy,
    long? TransfersPerYear)
{
    /// <summary>Countries to which a recipient may pass the data on; sorted.</summary>
    public ImmutableArray<string> OnwardTo { get; init; } = [];
}
