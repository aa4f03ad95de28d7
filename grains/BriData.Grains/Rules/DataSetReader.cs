using System.Collections.Immutable;
using BriData.Contracts.Agencies;
using BriData.Policy.Classification;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;

namespace BriData.Grains.Rules;

/// <summary>From a data set as declared to the profile a decision takes: the strictest field decides each axis.</summary>
internal static class DataSetReader
{
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

        return new DataSetProfile(dataSet.Id, dataSet.Version, mark, scheme, grade, categories, Sharing(document.Tlp), facts);
    }

    public static bool TryGrade(string text, out EconomicGrade grade) =>
        Enum.TryParse(text, ignoreCase: true, out grade) && Enum.IsDefined(grade) && !char.IsAsciiDigit(text[0]);

    public static bool TryCategory(string text, out PersonalCategories category) =>
        Enum.TryParse(text, ignoreCase: false, out category) && category != PersonalCategories.None && Enum.IsDefined(category) && !char.IsAsciiDigit(text[0]);

    public static bool TrySharing(string text, out SharingMark mark)
    {
        (var known, mark) = text switch
        {
            "CLEAR" => (true, SharingMark.Clear),
            "GREEN" => (true, SharingMark.Green),
            "AMBER" => (true, SharingMark.Amber),
            "AMBER_STRICT" => (true, SharingMark.AmberStrict),
            "RED" => (true, SharingMark.Red),
            _ => (false, SharingMark.Red),
        };
        return known;
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
