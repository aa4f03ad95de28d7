namespace BriData.Policy.Decisions.Steps;

/// <summary>
/// Both laws must be met, so the strictest wins. A denial names the firmest reason: a prohibition, then a conflict of
/// laws, then an approval or mechanism that is not on record, then a fact that is not known.
/// </summary>
internal sealed class CombineLaws : DecisionStep
{
    public override bool Take(DecisionContext context)
    {
        var denials = new List<Denial>();
        foreach (var law in (ReadOnlySpan<LawReading?>)[context.ExporterLaw, context.ImporterLaw])
        {
            if (law is not null)
            {
                new LawJudgement(context, law, denials).Judge();
            }
        }

        if (context is { ExporterLaw: { } exporter, ImporterLaw: { } importer })
        {
            LawConflict.Find(exporter, importer, denials);
        }

        foreach (var code in (ReadOnlySpan<string>)
            [
                DecisionCodes.ForbiddenByRule, DecisionCodes.ConflictOfLaws, DecisionCodes.PriorApprovalMissing,
                DecisionCodes.MechanismMissing, DecisionCodes.FactMissing,
            ])
        {
            if (denials.Find(denial => denial.Code == code) is { } firmest)
            {
                return context.Deny(firmest.Code, firmest.Kind, firmest.Detail);
            }
        }

        return true;
    }
}
