namespace BriData.Policy.RulePacks.Conditions;

/// <summary>How a fact is compared. The wire name is the name in camel case.</summary>
public enum ComparisonOperator
{
    Eq,
    Ne,
    In,
    NotIn,
    Gt,
    Gte,
    Lt,
    Lte,

    /// <summary>The set holds the code.</summary>
    Contains,

    /// <summary>The set holds one of the codes.</summary>
    ContainsAny,

    /// <summary>The set holds all of the codes.</summary>
    ContainsAll,

    /// <summary>The text begins so.</summary>
    StartsWith,

    /// <summary>Somebody stated the fact; never unknown itself.</summary>
    Known,
}
