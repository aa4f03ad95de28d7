using System.Collections.Immutable;
using BriData.Policy.Facts;

namespace BriData.Policy.Decisions;

/// <summary>
/// Everything one decision may look at. A decision is a pure function of this value: the same input gives the same
/// <see cref="Decision"/>, to the bit, on any machine and at any time.
/// </summary>
public sealed record DecisionInput
{
    /// <summary>The instant of the request, taken once from the injected clock. Selects agreement validity.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The day on which the transfer takes place; selects the rule versions. Usually the UTC day of <see cref="At"/>.</summary>
    public required DateOnly EventDate { get; init; }

    /// <summary>The side that holds the data.</summary>
    public required PartyInput Exporter { get; init; }

    /// <summary>The side that receives the data.</summary>
    public required PartyInput Importer { get; init; }

    public required AgreementTerms Agreement { get; init; }

    public required DataSetProfile DataSet { get; init; }

    /// <summary>Purpose code of the request, one of the vocabulary.</summary>
    public required string Purpose { get; init; }

    /// <summary>Facts asserted by the caller, already checked against the vocabulary and the caller's right to assert them.</summary>
    public required FactSet CallerFacts { get; init; }

    /// <summary>The running totals of the exporter that its law counts.</summary>
    public ImmutableArray<RunningTotal> Totals { get; init; } = [];

    /// <summary>
    /// Facts that the platform itself knows and nobody may assert, other than the totals: detected splits. They win over
    /// every other fact. What follows from the classification, the agreement and the parties is added by the engine and
    /// need not be here.
    /// </summary>
    public FactSet PlatformFacts { get; init; } = FactSet.Empty;

    /// <summary>Permitted, approval-pending and approved transfers already made under the matching grant in the running UTC year.</summary>
    public required long TransfersThisYear { get; init; }
}
