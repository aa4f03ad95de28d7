using BriData.Policy.Facts;

namespace BriData.Policy.Decisions.Steps;

/// <summary>Some grant of the agreement must cover the data set, the importer and the purpose; silence is no grant.</summary>
internal sealed class FindGrant : DecisionStep
{
    public override bool Take(DecisionContext context)
    {
        var input = context.Input;
        context.Grant = GrantMatcher.FindFirst(input.Agreement, input.DataSet.Id, input.Importer.Agency, input.Purpose);
        if (context.Grant is not { } grant)
        {
            context.Tell("agreement.grant", "agreement", input.Agreement.Id, matched: false, FactNames.Purpose);
            return Refuse(context);
        }

        context.Tell($"agreement.grant.{grant.Id}", "agreement", $"{input.Agreement.Id}, grant {grant.Id}", matched: true, FactNames.Purpose);
        if (grant.ApprovalBy is { } country)
        {
            context.Approvals.Add(new RequiredApproval(country, "approver", $"agreement.grant.{grant.Id}"));
        }

        return true;
    }

    // The nearest miss is named, so that the officer knows which term of the agreement to look at.
    private static bool Refuse(DecisionContext context)
    {
        var input = context.Input;
        var coversDataSet = false;
        foreach (var grant in input.Agreement.Grants)
        {
            if (GrantMatcher.CoversDataSet(grant, input.DataSet.Id))
            {
                coversDataSet = true;
                if (GrantMatcher.CoversImporter(grant, input.Importer.Agency))
                {
                    return context.Deny(DecisionCodes.PurposeNotAgreed, DenialKind.NotPermitted, input.Purpose);
                }
            }
        }

        return coversDataSet
            ? context.Deny(DecisionCodes.RecipientNotCovered, DenialKind.NotPermitted, input.Importer.Agency)
            : context.Deny(DecisionCodes.DataSetNotCovered, DenialKind.NotPermitted, input.DataSet.Id);
    }
}
