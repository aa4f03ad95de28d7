using BriData.Policy.Classification;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;

namespace BriData.Policy.Tests.Support;

/// <summary>A plain request that passes, to be varied by <c>with</c>.</summary>
internal static class Requests
{
    public static readonly DateOnly Day = new(2026, 6, 15);

    public static ClassificationScheme Scheme(string country) =>
        ClassificationScheme.Parse(BuiltInPacks.FindScheme(country)!.Json.Span).Scheme!;

    public static DataSetProfile Declarations { get; } = new(
        "CN/customs/declarations", 3, "internal", Scheme("CN"), EconomicGrade.General, PersonalCategories.None, SharingMark.Clear, FactSet.Empty);

    public static DataSetProfile Travellers { get; } = Declarations with
    {
        Id = "CN/customs/travellers",
        Categories = PersonalCategories.General,
    };

    /// <summary>What an exporter that is a private handler states of itself and its data.</summary>
    public static FactSet PrivateHandler { get; } = FactSet.Empty
        .With("exporterKind", "PrivateHandler")
        .With("ciio", false);

    public static Grant CustomsGrant { get; } = new(
        "g1", ["CN/customs/*"], ["KZ/customs"], ["InternationalTrade", "StatutoryDuty"], SecurityLevel.Restricted, null, null);

    public static AgreementTerms Agreement { get; } = new()
    {
        Id = "cn-kz-customs",
        Version = 1,
        ValidFrom = new DateOnly(2025, 1, 1),
        Grants = [CustomsGrant],
    };

    public static DecisionInput Customs() => new()
    {
        At = new DateTimeOffset(2026, 6, 15, 8, 0, 0, TimeSpan.Zero),
        EventDate = Day,
        Exporter = new PartyInput("CN", "CN/customs", AgencySuspended: false, Packs.Get("CN")),
        Importer = new PartyInput("KZ", "KZ/customs", AgencySuspended: false, Packs.Get("KZ")),
        Agreement = Agreement,
        DataSet = Declarations,
        Purpose = "InternationalTrade",
        CallerFacts = FactSet.Empty,
        TransfersThisYear = 0,
    };

    /// <summary>Kazakhstan as the exporter.</summary>
    public static DecisionInput FromKazakhstan(PersonalCategories categories = PersonalCategories.None) => Customs() with
    {
        Exporter = new PartyInput("KZ", "KZ/customs", AgencySuspended: false, Packs.Get("KZ")),
        Importer = new PartyInput("CN", "CN/customs", AgencySuspended: false, Packs.Get("CN")),
        DataSet = Declarations with { Id = "KZ/customs/declarations", Scheme = Scheme("KZ"), Categories = categories },
        Agreement = Agreement with { Grants = [CustomsGrant with { DataSets = ["KZ/customs/*"], Importers = ["CN/customs"] }] },
    };

    public static DecisionInput WithMechanism(this DecisionInput input, string code, string jurisdiction, DateOnly from, DateOnly? until = null, FactSet? facts = null) =>
        input with
        {
            Agreement = input.Agreement with
            {
                Mechanisms = input.Agreement.Mechanisms.Add(new MechanismRecord(code, jurisdiction, from, until, facts ?? FactSet.Empty)),
            },
        };

    public static DecisionInput WithGrant(this DecisionInput input, Func<Grant, Grant> change) =>
        input with { Agreement = input.Agreement with { Grants = [change(input.Agreement.Grants[0])] } };
}
