using System.Collections.Immutable;
using System.Text.Json;
using BriData.Contracts.Agencies;
using BriData.Policy.Classification;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;

namespace BriData.Entries.Rules;

/// <summary>From a data set as declared to the profile a decision takes: the strictest field decides each axis.</summary>
internal static class DataSetReader
{
    // INVARIANT: in the order of SharingMark.
    private static readonly string[] SharingMarks = ["CLEAR", "GREEN", "AMBER", "AMBER_STRICT", "RED"];

    public static DataSetProfile Read(DataSetView dataSet, AgencyDocument agency, ClassificationScheme? scheme)
    {
        var document = dataSet.Document;
        var mark = document.Mark;
        var grade = Grade(document.Grade);
        var categories = Categories(document.Categories ?? []);
        foreach (var field in document.Fields ?? [])
        {
            mark = field.Mark is { } fieldMark ? Stricter(scheme, mark, fieldMark) : mark;
            grade = field.Grade is { } fieldGrade ? (EconomicGrade)Math.Max((int)grade, (int)Grade(fieldGrade)) : grade;
            categories |= Categories(field.Categories ?? []);
        }

        // What the agency is, its country states; a data set's own facts cannot overrule it.
        var facts = TermsReader.Facts(document.Facts).With("ciio", FactValue.Of(agency.CriticalInfrastructureOperator));
        if (agency.ExporterKind is { } kind)
        {
            facts = facts.With("exporterKind", FactValue.Of(kind));
        }

        return Inherit(new DataSetProfile(dataSet.Id, dataSet.Version, mark, scheme, grade, categories, Sharing(document.Tlp), facts), dataSet.Inherited);
    }

    /// <summary>What data derived from this data set inherits.</summary>
    /// <param name="profile">The data set.</param>
    /// <param name="recognised">The level at which the agreement recognises its mark; null when it does not, or there is none.</param>
    /// <param name="origin">Where it came from, when it was received from another country.</param>
    public static InheritedClassification ToInherit(DataSetProfile profile, SecurityLevel? recognised, DataOrigin? origin)
    {
        var known = profile.Scheme is { } scheme && scheme.TryGetMark(profile.Mark, out var found) ? found : null;
        return new InheritedClassification(
            NeutralLevels.Strictest(known?.Level ?? SecurityLevel.Top, recognised, profile.MinLevel).ToCode(),
            JsonNamingPolicy.CamelCase.ConvertName(StatedGrade(profile).ToString()),
            [.. StatedCategories(profile).Order(StringComparer.Ordinal)],
            SharingMarks[(int)profile.Sharing],
            profile.InheritedStateSecret || known?.StateSecret == true,
            Distinct(profile.Origins.Concat(origin is null ? [] : [origin]).Select(o =>
                new DataSetOrigin(o.DataSet, o.Country, o.Agreement, o.Grant, o.OnwardTo, o.Obligations))));
    }

    /// <summary>The strictest of what several sources give.</summary>
    public static InheritedClassification Combine(InheritedClassification left, InheritedClassification right) => new(
        Stricter(left.MinLevel, right.MinLevel, level => (int)Level(level)),
        Stricter(left.Grade, right.Grade, grade => (int)Grade(grade)),
        [.. left.Categories.Union(right.Categories, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        Stricter(left.Tlp, right.Tlp, tlp => (int)Sharing(tlp)),
        left.StateSecret || right.StateSecret,
        Distinct(left.Origins.Concat(right.Origins)));

    /// <summary>The level of a code; the strictest when it cannot be read (I7).</summary>
    public static SecurityLevel Level(string code) => TermsReader.TryLevel(code, out var level) ? level : SecurityLevel.Top;

    private static DataSetProfile Inherit(DataSetProfile own, InheritedClassification? inherited) => inherited is null ? own : own with
    {
        MinLevel = Level(inherited.MinLevel),
        Grade = (EconomicGrade)Math.Max((int)own.Grade, (int)Grade(inherited.Grade)),
        Categories = own.Categories | Categories(inherited.Categories),
        Sharing = (SharingMark)Math.Max((int)own.Sharing, (int)Sharing(inherited.Tlp)),
        InheritedStateSecret = inherited.StateSecret,
        Origins = [.. inherited.Origins.Select(o => new DataOrigin(o.Dataset, o.Country, o.Agreement, o.Grant, o.OnwardTo, o.Obligations))],
    };

    // One origin for each grant, on the conditions of all receipts under it: passed on only where every receipt lets it be.
    private static ImmutableArray<DataSetOrigin> Distinct(IEnumerable<DataSetOrigin> origins) =>
        [.. origins.GroupBy(o => (o.Dataset, o.Country, o.Agreement, o.Grant)).Select(same => new DataSetOrigin(
            same.Key.Dataset,
            same.Key.Country,
            same.Key.Agreement,
            same.Key.Grant,
            [.. same.Select(o => o.OnwardTo.AsEnumerable()).Aggregate((l, r) => l.Intersect(r, StringComparer.Ordinal)).Order(StringComparer.Ordinal)],
            [.. same.SelectMany(o => o.Obligations).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))];

    // What the exporter stated beside the classification counts as the classification does.
    private static EconomicGrade StatedGrade(DataSetProfile profile) =>
        profile.Grade == EconomicGrade.General && profile.Facts.TryGet(FactNames.ImportantData, out var stated) && stated.AsText() is "Notified" or "PublishedCatalogue"
            ? EconomicGrade.Important
            : profile.Grade;

    private static HashSet<string> StatedCategories(DataSetProfile profile)
    {
        var codes = FactCatalog.Get(FactNames.PersonalCategory).Values.Where((_, flag) => ((int)profile.Categories & (1 << flag)) != 0).ToHashSet(StringComparer.Ordinal);
        if (profile.Facts.TryGet(FactNames.PersonalCategory, out var stated))
        {
            codes.UnionWith(stated.AsSet());
        }

        if (codes.Count == 0 && profile.Facts.TryGet(FactNames.DataKind, out var kind) && kind.AsText() is "Personal" or "Mixed" or "Pseudonymised")
        {
            codes.Add(nameof(PersonalCategories.General));
        }

        return codes;
    }

    private static string Stricter(string left, string right, Func<string, int> rank) => rank(left) >= rank(right) ? left : right;

    public static bool TryGrade(string text, out EconomicGrade grade) =>
        Enum.TryParse(text, ignoreCase: true, out grade) && Enum.IsDefined(grade) && !char.IsAsciiDigit(text[0]);

    public static bool TryCategory(string text, out PersonalCategories category) =>
        Enum.TryParse(text, ignoreCase: false, out category) && category != PersonalCategories.None && Enum.IsDefined(category) && !char.IsAsciiDigit(text[0]);

    public static bool TrySharing(string text, out SharingMark mark)
    {
        var at = Array.IndexOf(SharingMarks, text);
        mark = at < 0 ? SharingMark.Red : (SharingMark)at;
        return at >= 0;
    }

    // INVARIANT (I7): what cannot be read counts as the strictest, never as the mildest.
    private static EconomicGrade Grade(string text) => TryGrade(text, out var grade) ? grade : EconomicGrade.Core;

    private static SharingMark Sharing(string text) => TrySharing(text, out var mark) ? mark : SharingMark.Red;

    private static PersonalCategories Categories(ImmutableArray<string> texts)
    {
        var all = PersonalCategories.None;
        foreach (var text in texts)
        {
            all |= TryCategory(text, out var category) ? category : PersonalCategories.General | PersonalCategories.Sensitive;
        }

        return all;
    }

    // An unknown mark wins, so that the decision meets it and refuses.
    private static string Stricter(ClassificationScheme? scheme, string left, string right)
    {
        if (scheme is null || !scheme.TryGetMark(left, out var l))
        {
            return left;
        }

        return scheme.TryGetMark(right, out var r) && r.Level <= l.Level ? left : right;
    }
}
