using System.Collections.Immutable;
using BriData.Policy.Classification;

namespace BriData.Policy.Decisions;

/// <summary>The terms of an agreement, as far as a decision needs them.</summary>
public sealed record AgreementTerms
{
    /// <summary>Agreement identifier, <c>cn-kz-customs</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Version of the terms; recorded with each decision.</summary>
    public required int Version { get; init; }

    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day of validity, inclusive; null while open-ended.</summary>
    public DateOnly? ValidTo { get; init; }

    public required ImmutableArray<Grant> Grants { get; init; }

    /// <summary>Which marks of a party the other parties recognise, and at which neutral level.</summary>
    public ImmutableArray<Recognition> Recognitions { get; init; } = [];

    /// <summary>Lawful routes on record for transfers under this agreement.</summary>
    public ImmutableArray<MechanismRecord> Mechanisms { get; init; } = [];
}

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
    long? TransfersPerYear);

/// <summary>All parties recognise <paramref name="Country"/>'s <paramref name="Mark"/> as <paramref name="Level"/>.</summary>
/// <param name="Country">The country whose mark is recognised.</param>
/// <param name="Mark">The mark as written in that country's classification scheme.</param>
/// <param name="Level">The neutral level; never below the level the country itself gives the mark.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day, inclusive; null while open-ended.</param>
public sealed record Recognition(string Country, string Mark, SecurityLevel Level, DateOnly From, DateOnly? Until);

/// <summary>A mechanism on record: the lawful route, with its dates.</summary>
/// <param name="Code">Mechanism code of the vocabulary, for example <c>CN_STANDARD_CONTRACT</c>.</param>
/// <param name="Jurisdiction">The jurisdiction under whose law it was set up.</param>
/// <param name="From">First day on which it may be relied on.</param>
/// <param name="Until">Last day, inclusive; null while open-ended.</param>
/// <param name="Facts">Facts that this record proves, by fact name, as JSON values (for example <c>safeguard</c>).</param>
public sealed record MechanismRecord(string Code, string Jurisdiction, DateOnly From, DateOnly? Until, Facts.FactSet Facts);
