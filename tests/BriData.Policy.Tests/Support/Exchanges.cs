using System.Collections.Immutable;
using BriData.Policy.Classification;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using CsCheck;

namespace BriData.Policy.Tests.Support;

/// <summary>
/// Random requests between any two countries with shipped packs, each fact that either pack reads stated or not, at values
/// on both sides of what the packs compare it with.
/// </summary>
internal static class Exchanges
{
    private static readonly DateOnly[] Days =
        [new(2022, 10, 1), new(2024, 3, 21), new(2024, 3, 22), new(2025, 6, 1), new(2026, 1, 1), new(2026, 6, 15), new(2027, 2, 1)];

    // What the request, the classification and the agreement say, whatever anybody states.
    private static readonly ImmutableHashSet<string> KnownToThePlatform =
    [
        FactNames.EventDate, FactNames.ExporterCountry, FactNames.RecipientCountry, FactNames.Purpose, FactNames.PackRole,
        FactNames.MechanismsInPlace, FactNames.NationalGrade, FactNames.Tlp, FactNames.SecurityAgreementInForce, FactNames.StateSecret, FactNames.CoreData,
    ];

    // Without a statement these follow from the classification, so they are never unknown.
    private static readonly ImmutableHashSet<string> KnownFromTheClassification = [FactNames.DataKind, FactNames.ImportantData, FactNames.PersonalCategory];

    private static readonly string[] Countries = [.. BuiltInPacks.Schemes.Select(scheme => scheme.Country).Where(country => BuiltInPacks.FindForCountry(country) is not null)];

    private static readonly ImmutableDictionary<string, PackFacts> Facts =
        BuiltInPacks.All.ToImmutableDictionary(pack => pack.Jurisdiction, pack => new PackFacts(Packs.Get(pack.Jurisdiction).Pack));

    private static readonly Gen<DecisionInput>[] Pairs =
    [
        .. from exporter in Countries from importer in Countries.Append("FR") where exporter != importer from day in Days select Between(exporter, importer, day),
    ];

    /// <summary>The requests.</summary>
    public static Gen<DecisionInput> All { get; } = Gen.Int[0, Pairs.Length - 1].SelectMany(pair => Pairs[pair]);

    /// <summary>
    /// The facts of a request that are unknown once nobody states them: not those that follow from the classification, not
    /// findings, and not those to whose absence one of the laws gives a meaning.
    /// </summary>
    public static ImmutableArray<FactDefinition> Forgettable(DecisionInput input) =>
    [
        .. input.DataSet.Facts.Merge(input.CallerFacts).Merge(input.PlatformFacts).Names
            .Select(FactCatalog.Get)
            .Where(fact => fact.Absence != AbsencePolicy.Finding
                && !KnownFromTheClassification.Contains(fact.Name)
                && !FactsOf(input.Exporter).GivesMeaningToAbsence(fact)
                && !FactsOf(input.Importer).GivesMeaningToAbsence(fact)),
    ];

    /// <summary>The request with one fact unknown.</summary>
    public static DecisionInput Without(this DecisionInput input, FactDefinition fact) => input with
    {
        DataSet = input.DataSet with { Facts = input.DataSet.Facts.Without(fact.Name) },
        CallerFacts = input.CallerFacts.Without(fact.Name),
        PlatformFacts = input.PlatformFacts.Without(fact.Name),
    };

    /// <summary>The request in one line.</summary>
    public static string Describe(DecisionInput input) =>
        $"{input.Exporter.Country} to {input.Importer.Country} on {input.EventDate:yyyy-MM-dd} for {input.Purpose}: {input.DataSet.Mark}, {input.DataSet.Grade}, "
        + $"{input.DataSet.Categories}, {input.DataSet.Sharing}, up to {input.Agreement.Grants[0].MaxLevel}, recognised {!input.Agreement.Recognitions.IsEmpty}, "
        + $"data set {input.DataSet.Facts} caller {input.CallerFacts} platform {input.PlatformFacts}, "
        + $"on record {string.Join(' ', input.Agreement.Mechanisms.Select(record => $"{record.Jurisdiction}:{record.Code}"))}";

    private static PackFacts FactsOf(PartyInput party) => Facts[party.Pack!.Jurisdiction];

    private static Gen<DecisionInput> Between(string exporter, string importer, DateOnly day)
    {
        var (exporterPack, importerPack) = (Packs.Get(BuiltInPacks.FindForCountry(exporter)!.Jurisdiction), Packs.Get(BuiltInPacks.FindForCountry(importer)!.Jurisdiction));
        var (read, alsoRead) = (Facts[exporterPack.Jurisdiction], Facts[importerPack.Jurisdiction]);
        var facts = read.All.Union(alsoRead.All).Where(fact => !KnownToThePlatform.Contains(fact.Name))
            .Select(fact => (Fact: fact, Value: (read.All.Contains(fact) ? read : alsoRead).Value(fact, day)))
            .ToArray();
        var scheme = Requests.Scheme(exporter);
        (string Code, string Under)[] routes = [.. RoutesOf(exporterPack), .. RoutesOf(importerPack), ("REGULATOR_LICENCE", exporter)];
        return
            from exporterStates in Stated(facts, FactSource.Exporter)
            from requesterStates in Stated(facts, FactSource.Requester)
            from platformKnows in Stated(facts, FactSource.Platform)
            from mark in Gen.Frequency((3, Gen.Int[0, 2]), (1, Gen.Int[0, scheme.Marks.Length - 1]))
            from grade in Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[0, 2]))
            from categories in Gen.OneOf(Gen.Const(0), Gen.Int[0, 12].Select(bit => 1 << bit), Gen.Int[0, (1 << 13) - 1])
            from sharing in Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[0, 4]))
            from purpose in Generators.Among(Vocabulary.Purposes)
            from records in Generators.Among(routes).Array[0, 3]
            from recognised in Gen.Bool
            from maxLevel in Gen.Int[1, 5]
            let dataSet = new DataSetProfile(
                $"{exporter}/agency/data", 1, scheme.Marks[mark].Code, scheme, (EconomicGrade)grade, (PersonalCategories)categories, (SharingMark)sharing, exporterStates)
            select new DecisionInput
            {
                At = new DateTimeOffset(day, new TimeOnly(8, 0), TimeSpan.Zero),
                EventDate = day,
                Exporter = new PartyInput(exporter, $"{exporter}/agency", AgencySuspended: false, exporterPack),
                Importer = new PartyInput(importer, $"{importer}/agency", AgencySuspended: false, importerPack),
                Agreement = Agreement(scheme, dataSet, $"{importer}/agency", (SecurityLevel)maxLevel, recognised, records),
                DataSet = dataSet,
                Purpose = purpose,
                CallerFacts = requesterStates,
                PlatformFacts = platformKnows,
                TransfersThisYear = 0,
            };
    }

    private static Gen<FactSet> Stated((FactDefinition Fact, Gen<FactValue> Value)[] facts, FactSource source) =>
        facts.Where(fact => fact.Fact.Source == source).Aggregate(
            Gen.Const(FactSet.Empty),
            (known, fact) => Gen.Select(known, Gen.Bool, fact.Value, (stated, states, value) => states ? stated.With(fact.Fact.Name, value) : stated));

    private static IEnumerable<(string Code, string Under)> RoutesOf(CompiledRulePack pack) =>
        pack.Pack.Rules.SelectMany(rule => rule.Mechanisms).Distinct(StringComparer.Ordinal).Select(code => (code, pack.Jurisdiction));

    private static AgreementTerms Agreement(
        ClassificationScheme scheme, DataSetProfile dataSet, string importer, SecurityLevel maxLevel, bool recognised, (string Code, string Under)[] records) => new()
        {
            Id = "agreement",
            Version = 1,
            ValidFrom = new DateOnly(2020, 1, 1),
            Grants = [new Grant("g1", [dataSet.Id], [importer], Vocabulary.Purposes, maxLevel, ApprovalBy: null, TransfersPerYear: null)],
            Recognitions = recognised
                ? [.. scheme.Marks.Select(mark => new Recognition(scheme.Country, mark.Code, mark.Level, new DateOnly(2020, 1, 1), null))]
                : [],
            Mechanisms = [.. records.Select(record => new MechanismRecord(record.Code, record.Under, new DateOnly(2021, 12, 1), null, FactSet.Empty))],
        };
}
