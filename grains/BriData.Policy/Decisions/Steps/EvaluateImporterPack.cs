namespace BriData.Policy.Decisions.Steps;

/// <summary>Reads the law of the side that receives the data.</summary>
internal sealed class EvaluateImporterPack : DecisionStep
{
    public override bool Take(DecisionContext context)
    {
        context.ImporterLaw = LawReader.Read(context, context.Input.Importer, asImporter: true);
        return true;
    }
}
