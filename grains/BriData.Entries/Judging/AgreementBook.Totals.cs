using BriData.Entries.Rules;
using BriData.Entries.Transfers;
using BriData.Policy.Classification;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;

namespace BriData.Entries.Judging;

/// <content>The running totals beside a request: there when the exporter's law counts, and with this transfer's persons in them.</content>
internal sealed partial class AgreementBook
{
    // A request names so many persons by their hashes at most, and those among them that were counted before add nothing.
    private const long MaxNamed = 1000;

    private void RequireTotals(JudgedEntry e, TransferRequested request, FactSet stated)
    {
        var (dataSet, law) = _fold.CountedBy(e.Event, request);
        var facts = StatedBy.Both(stated, dataSet.Facts);
        var counters = law is not null && IsPersonal(dataSet, facts) ? law.Counters : [];
        var recorded = request.Totals?.Facts.Select(t => t.Fact) ?? [];
        if (!e.Require(
            request.Totals is null == counters.IsEmpty && recorded.SequenceEqual(counters.Select(c => c.Fact.Name)),
            JudgeCodes.TotalsDiffer,
            $"The exporter's law counts {string.Join(", ", counters.Select(c => c.Fact.Name).DefaultIfEmpty("nobody"))} here; the entry holds totals of {string.Join(", ", recorded.DefaultIfEmpty("nobody"))}.")
            || request.Totals is not { } totals)
        {
            return;
        }

        var persons = facts.TryGet(FactNames.Subjects, out var subjects) ? subjects.AsInteger() : null;
        var kind = IsSensitive(law!, dataSet, facts) ? CountedPersons.Sensitive : CountedPersons.General;
        foreach (var (total, counter) in totals.Facts.Zip(counters))
        {
            e.Require(
                total.Before >= 0 && Fits(total.Added, counter.Counts, kind, persons),
                JudgeCodes.TotalsDiffer,
                $"{total.Added?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "An unknown number of"} persons are added to {total.Before} of {total.Fact}, where the transfer concerns {persons?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "an unknown number"}.");
        }
    }

    /// <summary>Whether a transfer of so many persons, all of one kind but for those named, can add so many to a total.</summary>
    private static bool Fits(long? added, CountedPersons counts, CountedPersons kind, long? persons)
    {
        var own = counts == kind || counts == CountedPersons.All;
        var (least, most) = own ? (Math.Max(0, persons - MaxNamed ?? 0), persons ?? MaxNamed)
            : (0, kind == CountedPersons.General && counts == CountedPersons.Sensitive ? MaxNamed : 0);
        return added is { } number ? number >= least && number <= most : own && persons is null;
    }

    private static bool IsPersonal(DataSetProfile dataSet, FactSet facts) =>
        dataSet.Categories != PersonalCategories.None
        || (facts.TryGet(FactNames.DataKind, out var kind) && kind.AsText() is "Personal" or "Mixed" or "Pseudonymised")
        || (facts.TryGet(FactNames.PersonalCategory, out var categories) && !categories.AsSet().IsEmpty);

    private static bool IsSensitive(PackTotals law, DataSetProfile dataSet, FactSet facts) =>
        law.SensitiveCategories.Any(category =>
            (DataSetReader.TryCategory(category, out var flag) && dataSet.Categories.HasFlag(flag))
            || (facts.TryGet(FactNames.PersonalCategory, out var said) && said.AsSet().Contains(category, StringComparer.Ordinal)));
}
