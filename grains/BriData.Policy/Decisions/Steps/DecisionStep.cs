namespace BriData.Policy.Decisions.Steps;

/// <summary>One step of a decision.</summary>
internal abstract class DecisionStep
{
    /// <summary>Looks at one thing; false when the decision ends here.</summary>
    public abstract bool Take(DecisionContext context);
}
