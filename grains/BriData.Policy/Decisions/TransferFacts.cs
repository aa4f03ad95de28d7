using BriData.Policy.Facts;

namespace BriData.Policy.Decisions;

/// <summary>
/// The facts of a real transfer. What the platform knows wins over what anybody states: countries, purpose and day
/// from the request, secrecy, grade, categories and sharing mark from the classification, mechanisms from the
/// agreement.
/// </summary>
internal static class TransferFacts
{
    private static readonly FactDefinition ExporterCountry = FactCatalog.Get(FactNames.ExporterCountry);
    private static readonly FactDefinition RecipientCountry = FactCatalog.Get(FactNames.RecipientCountry);
    private static readonly FactDefinition EventDate = FactCatalog.Get(FactNames.EventDate);
    private static readonly FactDefinition Purpose = FactCatalog.Get(FactNames.Purpose);
    private static readonly FactDefinition StateSecret = FactCatalog.Get(FactNames.StateSecret);
    private static readonly FactDefinition SecurityAgreement = FactCatalog.Get(FactNames.SecurityAgreementInForce);
    private static readonly FactDefinition NationalGrade = FactCatalog.Get(FactNames.NationalGrade);
    private static readonly FactDefinition Tlp = FactCatalog.Get(FactNames.Tlp);
    private static readonly FactDefinition PackRole = FactCatalog.Get(FactNames.PackRole);
    private static readonly FactDefinition InPlace = FactCatalog.Get(FactNames.MechanismsInPlace);

    private static readonly FactValue[] TlpValues =
        [FactValue.Of("CLEAR"), FactValue.Of("GREEN"), FactValue.Of("AMBER"), FactValue.Of("AMBER_STRICT"), FactValue.Of("RED")];

    private static readonly FactValue AsExporter = FactValue.Of("Exporter");
    private static readonly FactValue AsImporter = FactValue.Of("Importer");
    private static readonly FactValue NoMechanisms = FactValue.OfSet([]);

    /// <summary>The facts both packs see.</summary>
    public static FactSet Common(DecisionContext context)
    {
        if (context.CommonFacts is { } known)
        {
            return known;
        }

        var input = context.Input;
        var stated = StatedBy.Both(input.CallerFacts, input.DataSet.Facts);
        foreach (var total in input.Totals)
        {
            stated = total.Added is { } added ? stated.With(total.Fact, Math.Min(total.Before + added, FactBinding.MaxInteger)) : stated;
        }

        stated = stated.Merge(input.PlatformFacts);
        var platform = new FactSetBuilder(16);
        platform.AddIfValid(ExporterCountry, FactValue.Of(input.Exporter.Country));
        platform.AddIfValid(RecipientCountry, FactValue.Of(input.Importer.Country));
        platform.Add(EventDate, FactValue.Of(input.EventDate), input.EventDate.DayNumber);
        platform.AddIfValid(Purpose, FactValue.Of(input.Purpose));
        platform.Add(StateSecret, context.Mark?.StateSecret == true || input.DataSet.InheritedStateSecret || Says(stated, FactNames.StateSecret));
        platform.Add(SecurityAgreement, context.MarkRecognised);
        platform.AddIfValid(NationalGrade, FactValue.Of(input.DataSet.Mark));
        platform.Add(Tlp, TlpValues[(int)input.DataSet.Sharing], (long)input.DataSet.Sharing);
        ClassificationFacts.Add(ref platform, input.DataSet, stated);
        return context.CommonFacts = stated.Merge(platform.Build());
    }

    /// <summary>The facts one pack sees: those of its mechanisms on record, and its role.</summary>
    public static FactSet For(DecisionContext context, List<MechanismRecord> records, bool asImporter)
    {
        var proven = FactSet.Empty;
        var codes = NoMechanisms;
        if (records.Count > 0)
        {
            foreach (var record in records)
            {
                proven = proven.Merge(record.Facts);
            }

            codes = FactValue.OfSet(records.Select(record => record.Code).Where(Vocabulary.IsMechanism));
        }

        var role = new FactSetBuilder(2);
        role.AddIfValid(InPlace, codes);
        role.Add(PackRole, asImporter ? AsImporter : AsExporter, asImporter ? 1 : 0);
        var common = Common(context);
        return (records.Count > 0 ? proven.Merge(common) : common).Merge(role.Build());
    }

    private static bool Says(FactSet facts, string name) => facts.TryGet(name, out var value) && value.AsBoolean() == true;
}
