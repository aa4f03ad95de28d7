namespace BriData.Policy.Decisions.Steps;

/// <summary>
/// Data received from another country goes back there, or on to a country that the grant names under which it was received;
/// silence is no permission. The obligations of its receipt travel with it.
/// </summary>
internal sealed class CheckOrigins : DecisionStep
{
    private const string NoOnwardOutsideGba = "NO_ONWARD_OUTSIDE_GBA";

    public override bool Take(DecisionContext context)
    {
        foreach (var origin in context.Input.DataSet.Origins)
        {
            context.Obligations.UnionWith(origin.Obligations);
            var allowed = MayGo(origin, context.Input.Importer.Country);
            context.Tell($"origin.{origin.Agreement}.{origin.Grant}", "agreement", $"{origin.Agreement}, grant {origin.Grant}: {origin.DataSet}", allowed);
            if (!allowed)
            {
                context.Deny(DecisionCodes.OnwardNotAllowed, DenialKind.NotPermitted, $"{origin.DataSet} to {context.Input.Importer.Country}");
            }
        }

        return true;
    }

    private static bool MayGo(DataOrigin origin, string country)
    {
        if (country == origin.Country)
        {
            return true;
        }

        // Guidelines on the GBA standard contract: nothing received under it leaves the area again.
        return origin.OnwardTo.Contains(country, StringComparer.Ordinal)
            && (!origin.Obligations.Contains(NoOnwardOutsideGba, StringComparer.Ordinal) || country is "CN" or "HK" or "MO");
    }
}
