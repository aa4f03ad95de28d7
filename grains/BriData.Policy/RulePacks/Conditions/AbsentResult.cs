namespace BriData.Policy.RulePacks.Conditions;

/// <summary>The result that a comparison takes when nobody stated the fact.</summary>
public enum AbsentResult
{
    False,

    /// <summary>Unknown even where a stated case would assume a harmless value.</summary>
    Unknown,
    True,
}
