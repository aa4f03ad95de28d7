using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks;

/// <summary>Wire codes and strictness of outcomes.</summary>
public static class RuleOutcomes
{
    /// <summary>The wire code, <c>MECHANISM_REQUIRED</c>.</summary>
    public static string ToCode(this RuleOutcome outcome) => Vocabulary.Outcomes[(int)outcome];

    /// <summary>Reads a wire code.</summary>
    public static bool TryParse(string code, out RuleOutcome outcome)
    {
        var index = Vocabulary.Outcomes.IndexOf(code, 0, StringComparer.Ordinal);
        outcome = index < 0 ? default : (RuleOutcome)index;
        return index >= 0;
    }

    /// <summary>
    /// How much an outcome holds back, for "the strictest wins": nothing (0) for the four that let data pass, then
    /// mechanism, review by a person, prior approval, prohibition. Outcomes of equal strictness keep the earlier one.
    /// </summary>
    public static int Strictness(this RuleOutcome outcome) => outcome switch
    {
        RuleOutcome.MechanismRequired => 1,
        RuleOutcome.HumanReview => 2,
        RuleOutcome.PriorApprovalRequired => 3,
        RuleOutcome.Prohibited => 4,
        _ => 0,
    };

    /// <summary>True for the outcomes that ask for nothing more.</summary>
    public static bool IsPermissive(this RuleOutcome outcome) => outcome.Strictness() == 0;
}
