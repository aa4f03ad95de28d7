using System.Collections.Immutable;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Decisions;

/// <summary>Puts what the steps found into a <see cref="Decision"/>, sorted so that the same findings read the same.</summary>
internal static class DecisionBuilder
{
    public static Decision Build(DecisionContext context, Remedy? remedy)
    {
        var outcome = Outcome(context);
        var code = Code(context, outcome);
        var denied = outcome == DecisionOutcome.Deny;
        return new Decision
        {
            Outcome = outcome,
            Kind = context.Denial?.Kind,
            Code = code,
            Reason = Reason(context, code),
            Rules = context.Rules,
            Obligations = [.. context.Obligations],
            Mechanisms = [.. context.Mechanisms],
            Missing = denied ? Sorted(context.Missing) : [],
            Approvals = outcome == DecisionOutcome.ApprovalRequired ? Sorted(context.Approvals) : [],
            Remedy = remedy,
            Versions = Versions(context.Input),
            CountsTowardTotals = context.ExporterLaw is not { } law || Counts(law.Evaluation),
        };
    }

    private static bool Counts(PackEvaluation evaluation) =>
        evaluation.Decided is not { Rule.Source.CountsTowardTotals: false }
        || (evaluation.Possible?.Exists(hit => hit.Rule.Source.CountsTowardTotals) ?? false)
        || (evaluation.OtherFlows?.Exists(Counts) ?? false);

    public static DecisionOutcome Outcome(DecisionContext context) =>
        context.Denial is not null ? DecisionOutcome.Deny
        : context.Approvals.Count > 0 ? DecisionOutcome.ApprovalRequired
        : context.Obligations.Count > 0 ? DecisionOutcome.PermitWithObligations
        : DecisionOutcome.Permit;

    private static string Code(DecisionContext context, DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.Deny => context.Denial!.Code,
        DecisionOutcome.ApprovalRequired => context.ReviewByPerson ? DecisionCodes.HumanReviewRequired : DecisionCodes.ApprovalRequired,
        DecisionOutcome.PermitWithObligations => DecisionCodes.PermittedWithObligations,
        _ => DecisionCodes.Permitted,
    };

    private static string Reason(DecisionContext context, string code)
    {
        var text = DecisionCodes.TextOf(code);
        return context.Denial is { Detail.Length: > 0 } denial ? $"{text.AsSpan(0, text.Length - 1)}: {denial.Detail}." : text;
    }

    private static DecisionVersions Versions(DecisionInput input) => new(
        input.Agreement.Version,
        input.DataSet.Version,
        input.DataSet.Scheme?.Reference,
        input.Exporter.Pack?.Reference,
        input.Importer.Pack?.Reference,
        DecisionEngine.Version);

    private static ImmutableArray<MissingItem> Sorted(List<MissingItem> items) =>
        [.. items.OrderBy(item => item.Kind, StringComparer.Ordinal).ThenBy(item => item.Name, StringComparer.Ordinal)];

    private static ImmutableArray<RequiredApproval> Sorted(List<RequiredApproval> items) =>
        [.. items.Distinct().OrderBy(item => item.Country, StringComparer.Ordinal).ThenBy(item => item.RuleId, StringComparer.Ordinal)];
}
