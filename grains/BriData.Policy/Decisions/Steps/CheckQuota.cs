using System.Globalization;

namespace BriData.Policy.Decisions.Steps;

/// <summary>A grant may bound the number of transfers in one UTC calendar year.</summary>
internal sealed class CheckQuota : DecisionStep
{
    public override bool Take(DecisionContext context)
    {
        if (context.Grant!.TransfersPerYear is not { } allowed)
        {
            return true;
        }

        var left = context.Input.TransfersThisYear < allowed;
        context.Tell("agreement.quota", "agreement", $"{context.Input.Agreement.Id}, grant {context.Grant.Id}", left);
        if (!left)
        {
            context.Deny(DecisionCodes.QuotaExceeded, DenialKind.NotPermitted, $"{allowed.ToString(CultureInfo.InvariantCulture)} in a year");
        }

        return true;
    }
}
