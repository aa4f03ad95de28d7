namespace BriData.Policy.Decisions.Steps;

/// <summary>A country answers for its agencies; one that it suspended neither sends nor receives.</summary>
internal sealed class CheckParties : DecisionStep
{
    public override bool Take(DecisionContext context)
    {
        var (exporter, importer) = (context.Input.Exporter, context.Input.Importer);
        var suspended = exporter.AgencySuspended ? exporter.Agency : importer.AgencySuspended ? importer.Agency : null;
        context.Tell("platform.agencies-active", "platform", "", suspended is null);
        return suspended is null || context.Deny(DecisionCodes.AgencySuspended, DenialKind.Forbidden, suspended);
    }
}
