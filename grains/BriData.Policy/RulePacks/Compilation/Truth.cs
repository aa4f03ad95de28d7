namespace BriData.Policy.RulePacks.Compilation;

/// <summary>
/// Kleene's three values, ordered so that "and" is the minimum and "or" the maximum. Not to be confused with
/// permission: an unknown condition on a prohibition holds the transfer back, on an exemption it grants nothing.
/// </summary>
internal enum Truth : byte
{
    False = 0,
    Unknown = 1,
    True = 2,
}
