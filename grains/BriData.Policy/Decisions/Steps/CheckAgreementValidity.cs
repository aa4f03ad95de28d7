using BriData.Policy.Facts;

namespace BriData.Policy.Decisions.Steps;

/// <summary>The agreement must be in force both when the request is made and on the day of the transfer.</summary>
internal sealed class CheckAgreementValidity : DecisionStep
{
    public override bool Take(DecisionContext context)
    {
        var agreement = context.Input.Agreement;
        var requested = DateOnly.FromDateTime(context.Input.At.UtcDateTime);
        var valid = Covers(agreement, requested) && Covers(agreement, context.Input.EventDate);
        context.Tell("agreement.validity", "agreement", agreement.Id, valid, FactNames.EventDate);
        return valid || context.Deny(
            DecisionCodes.AgreementNotValid,
            DenialKind.NotPermitted,
            $"{agreement.Id} is valid from {IsoDate.Write(agreement.ValidFrom)}" + (agreement.ValidTo is { } last ? $" to {IsoDate.Write(last)}" : ""));
    }

    private static bool Covers(AgreementTerms agreement, DateOnly day) =>
        agreement.ValidFrom <= day && (agreement.ValidTo is not { } last || day <= last);
}
