namespace BriData.Policy.Analysis;

/// <summary>What an analysis found. The first group are faults, the second are notes for whoever reads the order of the rules.</summary>
public enum AnalysisKind
{
    /// <summary>No case fulfils the condition on any day on which the rule is law.</summary>
    NeverMatches,

    /// <summary>Wherever the rule matches, an earlier one has decided.</summary>
    Shadowed,

    /// <summary>Two base rules apply to the same cases on a common day and differ in outcome.</summary>
    Contradiction,

    /// <summary>Two rules apply to the same cases on a common day, and the later adds nothing.</summary>
    Duplicate,

    /// <summary>A more permissive rule decides cases that a stricter rule behind it also covers, and is not marked as an exception.</summary>
    Overlap,

    /// <summary>The outcome of an overlay never shows, because stricter rules decide wherever it applies.</summary>
    NoEffect,

    /// <summary>Cases on which no rule of the exporter's side says anything.</summary>
    Uncovered,

    /// <summary>Days between a rule and its successor, on which another rule decides.</summary>
    DateGap,

    /// <summary>The condition under which a transfer may start can never hold, though the rule names mechanisms.</summary>
    NeverProceeds,

    /// <summary>A term under which a mechanism can never count.</summary>
    NeverUsable,

    /// <summary>A comparison that is always true, or never, whatever is stated of its fact.</summary>
    ConstantComparison,

    /// <summary>Note: a stricter rule comes before a looser one with which it shares cases.</summary>
    StricterFirst,

    /// <summary>Note: a rule comes before a wider one with another outcome.</summary>
    SpecificFirst,

    /// <summary>Note: a rule marked as an exception decides cases that a stricter rule behind it also covers.</summary>
    Exception,

    /// <summary>Note: a rule is marked as an exception, but no stricter rule behind it shares a case with it.</summary>
    NeedlessException,
}
