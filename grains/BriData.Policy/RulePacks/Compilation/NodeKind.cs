namespace BriData.Policy.RulePacks.Compilation;

/// <summary>What a node of a flattened condition does.</summary>
internal enum NodeKind : byte
{
    Always,
    All,
    Any,
    Not,

    /// <summary>The fact was stated, or follows from stated facts.</summary>
    Known,

    /// <summary>Value ≥ A.</summary>
    AtLeast,

    /// <summary>Value &lt; A.</summary>
    Below,

    /// <summary>Value = A.</summary>
    Equal,

    /// <summary>The ordinal is in the bit mask A.</summary>
    InMask,

    /// <summary>The value is in the sorted list.</summary>
    InList,

    /// <summary>The set and the bit mask A have a member in common.</summary>
    SetAny,

    /// <summary>The set holds the whole bit mask A.</summary>
    SetAll,

    TextIn,
    TextPrefix,

    /// <summary>Value ≥ value of the other fact plus offset.</summary>
    AtLeastFact,

    /// <summary>Value &lt; value of the other fact plus offset.</summary>
    BelowFact,

    /// <summary>Value = value of the other fact plus offset.</summary>
    EqualFact,
}
