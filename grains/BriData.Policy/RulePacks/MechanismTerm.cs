using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.RulePacks;

/// <summary>
/// What the law says of a mechanism itself, whichever rule asks for it. A record that is older than the law allows, or
/// that the facts make unusable (refused, expired, out of the assessed scope), does not count.
/// </summary>
public sealed record MechanismTerm
{
    /// <summary>Mechanism code.</summary>
    public required string Mechanism { get; init; }

    /// <summary>Years for which a record holds from its first day; null when the law sets no term.</summary>
    public int? ValidYears { get; init; }

    /// <summary>What must not be false for a record to count; null when nothing is asked.</summary>
    public Condition? UsableWhen { get; init; }

    /// <summary>First event date on which the term is law.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Last event date on which the term is law; null while in force.</summary>
    public DateOnly? EffectiveTo { get; init; }

    /// <summary>The law that sets the term.</summary>
    public required RuleCitation Citation { get; init; }

    /// <summary>True when the term is law on this day.</summary>
    public bool IsInForce(DateOnly day) => EffectiveFrom <= day && (EffectiveTo is not { } last || day <= last);
}
