namespace BriData.Policy.Decisions.Steps;

/// <summary>Reads the law of the side that holds the data.</summary>
internal sealed class EvaluateExporterPack : DecisionStep
{
    public override bool Take(DecisionContext context)
    {
        context.ExporterLaw = LawReader.Read(context, context.Input.Exporter, asImporter: false);
        return true;
    }
}
