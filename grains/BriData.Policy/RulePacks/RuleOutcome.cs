namespace BriData.Policy.RulePacks;

/// <summary>What a rule says (fact sheet, section 5).</summary>
public enum RuleOutcome
{
    /// <summary>The law covers the transfer and exempts it from its mechanisms.</summary>
    Exempt,

    /// <summary>The law lets the data flow.</summary>
    FreeFlow,

    /// <summary>One of the named routes must be in place.</summary>
    MechanismRequired,

    /// <summary>An authority must have approved before the transfer.</summary>
    PriorApprovalRequired,

    /// <summary>The law forbids the transfer.</summary>
    Prohibited,

    /// <summary>The law does not cover the transfer.</summary>
    OutOfScope,

    /// <summary>The country has no statute on the matter.</summary>
    NoStatutoryRule,

    /// <summary>The law is not clear enough for a machine; a person must decide.</summary>
    HumanReview,
}
