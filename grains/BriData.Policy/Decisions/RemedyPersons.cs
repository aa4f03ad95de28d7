using System.Globalization;
using BriData.Policy.Facts;

namespace BriData.Policy.Decisions;

/// <summary>
/// Fewer persons in the transfer: as many as fit under a threshold of the law beside those already counted. Totals that the
/// platform keeps cannot be changed by anybody; only the number of persons in this transfer can.
/// </summary>
internal static class RemedyPersons
{
    public static IEnumerable<RemedyCandidate> For(DecisionInput input, DecisionContext context)
    {
        var sizes = new SortedSet<long>(Comparer<long>.Create(static (a, b) => b.CompareTo(a)));
        foreach (var total in input.Totals)
        {
            foreach (var law in RemedyFacts.Laws(context))
            {
                foreach (var threshold in RemedyFacts.Thresholds(FactCatalog.Get(total.Fact), law))
                {
                    sizes.Add(threshold - 1 - total.Before);
                }
            }
        }

        foreach (var size in sizes)
        {
            if (size > 0 && input.Totals.Any(total => total.Added is not { } added || size < added))
            {
                yield return Send(size);
            }
        }
    }

    private static RemedyCandidate Send(long persons)
    {
        var shown = persons.ToString(CultureInfo.InvariantCulture);
        return new RemedyCandidate(
            new RemedyChange("fact", FactNames.Subjects, shown),
            $"if it concerns at most {shown} persons",
            request => request with
            {
                PlatformFacts = request.PlatformFacts.With(FactNames.Subjects, persons),
                Totals = [.. request.Totals.Select(total => total with { Added = total.Added is { } added ? Math.Min(added, persons) : persons })],
            });
    }
}
