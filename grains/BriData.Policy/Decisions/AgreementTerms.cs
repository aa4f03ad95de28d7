using System.Collections.Immutable;

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
