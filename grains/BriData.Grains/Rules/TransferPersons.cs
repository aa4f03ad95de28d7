using System.Buffers.Text;
using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Transfers;
using BriData.Entries.Rules;
using BriData.Grains.Security;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using Counted = BriData.Contracts.Agencies.CountedPersons;

namespace BriData.Grains.Rules;

/// <summary>How many persons a transfer concerns, as the exporter's law tells them apart.</summary>
internal static class TransferPersons
{
    private const int MaxIds = 1000;

    /// <summary>The totals to ask of the exporter; null when its law counts nothing or the data is about no persons.</summary>
    public static TotalsQuery? Query(GoverningRules rules, string dataSetId, string exporter, FactSet callerFacts, SubjectIds? ids, SubjectKeys keys, DateOnly day)
    {
        var dataSet = rules.DataSet(dataSetId);
        var stated = StatedBy.Both(callerFacts, dataSet.Facts);
        if (rules.CountedBy(exporter, dataSetId, day) is not { Counters.IsEmpty: false } law || !IsPersonal(dataSet, stated))
        {
            return null;
        }

        return new TotalsQuery(
            day,
            [.. law.Counters.Select(c => new CounterQuery(c.Fact.Name, Of(c.Counts), c.Window.FirstDay(day)))],
            IsSensitive(law, dataSet, stated) ? Counted.Sensitive : Counted.General,
            Count(law, dataSet, stated, ids, keys));
    }

    /// <summary>What is wrong with the hashes, or null.</summary>
    public static Refusal? Check(SubjectIds? ids, FactSet facts)
    {
        if (ids is null)
        {
            return null;
        }

        ImmutableArray<string> all = [.. ids.General ?? [], .. ids.Sensitive ?? []];
        if (all.Length > MaxIds)
        {
            return Invalid($"At most {MaxIds} hashes may be stated; a larger transfer states the fact 'subjects'.");
        }

        foreach (var id in all)
        {
            if (id is null || !Base64Url.IsValid(id, out var bytes) || bytes is < 16 or > 64)
            {
                return Invalid("Each hash is base64url of 16 to 64 bytes.");
            }
        }

        var distinct = all.Distinct(StringComparer.Ordinal).Count();
        return facts.TryGet(FactNames.Subjects, out var subjects) && subjects.AsInteger() < distinct
            ? Invalid($"There are {distinct} hashes, more than the {subjects.AsInteger()} persons stated.")
            : null;
    }

    private static PersonCount? Count(PackTotals law, DataSetProfile dataSet, FactSet stated, SubjectIds? ids, SubjectKeys keys)
    {
        // What the data set holds, its classification says; who asks cannot say that persons in sensitive data are none.
        var allSensitive = IsSensitive(law, dataSet, stated);
        ImmutableArray<string> sensitive = [.. keys.Of(dataSet.Id, (ids?.Sensitive ?? []).Concat(allSensitive ? ids?.General ?? [] : []))];
        ImmutableArray<string> general = allSensitive ? [] : [.. keys.Of(dataSet.Id, ids?.General ?? []).Except(sensitive, StringComparer.Ordinal)];
        var named = sensitive.Length + general.Length;
        if (!stated.TryGet(FactNames.Subjects, out var subjects) || subjects.AsInteger() is not { } persons)
        {
            return named == 0 ? null : new PersonCount(0, 0, general, sensitive);
        }

        var rest = Math.Max(0, persons - named);
        return allSensitive
            ? new PersonCount(0, rest, general, sensitive)
            : new PersonCount(rest, 0, general, sensitive);
    }

    private static bool IsPersonal(DataSetProfile dataSet, FactSet stated) =>
        dataSet.Categories != 0
        || (stated.TryGet(FactNames.DataKind, out var kind) && kind.AsText() is "Personal" or "Mixed" or "Pseudonymised")
        || (stated.TryGet(FactNames.PersonalCategory, out var categories) && !categories.AsSet().IsEmpty);

    private static bool IsSensitive(PackTotals law, DataSetProfile dataSet, FactSet stated) =>
        law.SensitiveCategories.Any(category =>
            (DataSetReader.TryCategory(category, out var flag) && dataSet.Categories.HasFlag(flag))
            || (stated.TryGet(FactNames.PersonalCategory, out var said) && said.AsSet().Contains(category, StringComparer.Ordinal)));

    private static Counted Of(Policy.RulePacks.CountedPersons counts) => counts switch
    {
        Policy.RulePacks.CountedPersons.General => Counted.General,
        Policy.RulePacks.CountedPersons.Sensitive => Counted.Sensitive,
        Policy.RulePacks.CountedPersons.All => Counted.All,
        _ => Counted.Exempt,
    };

    private static Refusal Invalid(string message) => Refusal.OfField("subjectIds", ErrorCodes.InvalidField, message);
}
