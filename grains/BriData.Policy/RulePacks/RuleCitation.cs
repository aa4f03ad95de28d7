namespace BriData.Policy.RulePacks;

/// <summary>Where a rule stands in the law.</summary>
/// <param name="Law">The law, <c>Provisions on Promoting and Regulating Cross-border Data Flows</c>.</param>
/// <param name="Article">The place in it, <c>art. 3</c>; empty when the law as a whole is meant.</param>
public sealed record RuleCitation(string Law, string Article)
{
    /// <summary>Law and article in one line, as traces and answers show it.</summary>
    public override string ToString() => Article.Length == 0 ? Law : $"{Law}, {Article}";
}
