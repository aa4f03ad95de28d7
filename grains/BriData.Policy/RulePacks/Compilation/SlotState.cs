namespace BriData.Policy.RulePacks.Compilation;

/// <summary>How a slot came by its value.</summary>
internal enum SlotState : byte
{
    Unknown,

    /// <summary>Nobody stated the fact; its harmless value stands in.</summary>
    Assumed,

    /// <summary>Bounds that follow from other stated facts.</summary>
    Derived,

    Stated,

    /// <summary>While an index is built: the fact may turn out stated or not.</summary>
    Open,
}
