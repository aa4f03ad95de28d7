using System.Collections.Immutable;
using BriData.Policy.Decisions.Steps;

namespace BriData.Policy.Decisions;

/// <summary>
/// Decides whether a transfer may take place: an ordered list of steps, each of which looks at one thing. The list is
/// the policy of the platform; the law is in the packs and the parties' will in the agreement. Deny by default: a step
/// that lacks what it needs denies. Steps that concern only the parties and the grant end a decision, since who may
/// not ask is not told more; from the classification on, every step is taken so that a denial tells all its reasons.
/// </summary>
public static class DecisionEngine
{
    /// <summary>Name and version of the engine, recorded with each decision. It changes when the same input could give another answer.</summary>
    public const string Version = "bridata-policy/1";

    private static readonly DecisionStep[] Steps =
    [
        new CheckParties(),
        new CheckAgreementValidity(),
        new FindGrant(),
        new CheckClassification(),
        new CheckSharingMark(),
        new CheckOrigins(),
        new CheckQuota(),
        new EvaluateExporterPack(),
        new EvaluateImporterPack(),
        new CombineLaws(),
    ];

    /// <summary>Names of the steps in order.</summary>
    public static ImmutableArray<string> StepNames { get; } = [.. Steps.Select(step => step.GetType().Name)];

    /// <summary>Takes the decision. A pure function of the input.</summary>
    public static Decision Decide(DecisionInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var context = Judge(input, tells: true);
        return DecisionBuilder.Build(context, context.Denial is null ? null : RemedyFinder.Find(input, context));
    }

    /// <summary>Takes the steps; without an account when <paramref name="tells"/> is false.</summary>
    internal static DecisionContext Judge(DecisionInput input, bool tells)
    {
        var context = new DecisionContext(input, tells);
        foreach (var step in Steps)
        {
            if (!step.Take(context))
            {
                break;
            }
        }

        return context;
    }
}
