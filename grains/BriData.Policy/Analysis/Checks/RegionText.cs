using System.Globalization;
using BriData.Policy.Analysis.Solving;
using BriData.Policy.Facts;

namespace BriData.Policy.Analysis.Checks;

/// <summary>A region of the fact space in words: what it asks of each fact that it does not leave free.</summary>
internal static class RegionText
{
    private const int MaxValues = 6;

    public static string Of(PackModel model, Domains region)
    {
        var parts = model.Space.Variables
            .Where(variable => variable.Fact.Name != FactNames.PackRole && Restricts(variable, region))
            .Select(variable => Describe(variable, region))
            .ToList();
        return parts.Count == 0 ? "any facts" : string.Join("; ", parts);
    }

    // That a fact must be stated goes without saying.
    private static bool Restricts(Variable variable, Domains region) =>
        Enumerable.Range(0, variable.Candidates.Length).Any(i => variable.Candidates[i].Value is not null && !region.Has(variable, i));

    private static string Describe(Variable variable, Domains region) => variable.Role switch
    {
        VariableRole.Member => $"{variable.Fact.Name} {(region.Has(variable, 1) ? "holding" : "without")} {List(variable.Candidates[1].Members)}",
        VariableRole.Stated => $"{variable.Fact.Name} {(region.Has(variable, 0) ? "stated" : "not stated")}",
        _ when variable.Fact.IsNumeric => $"{variable.Fact.Name} {Ranges(variable, region)}",
        _ => $"{variable.Fact.Name} {List([.. Indexes(variable, region).SelectMany(i => variable.Candidates[i].Members)])}",
    };

    private static IEnumerable<int> Indexes(Variable variable, Domains region) =>
        Enumerable.Range(0, variable.Candidates.Length).Where(i => region.Has(variable, i));

    private static string List(IReadOnlyList<string> values) =>
        string.Join(" or ", values.Take(MaxValues)) + (values.Count > MaxValues ? $" or one of {values.Count - MaxValues} others" : "");

    // A candidate stands for all values up to the next one.
    private static string Ranges(Variable variable, Domains region)
    {
        var texts = new List<string>();
        var candidates = variable.Candidates;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (!region.Has(variable, i))
            {
                continue;
            }

            if (candidates[i].Value is null)
            {
                texts.Add("not stated");
                continue;
            }

            var first = i;
            while (i + 1 < candidates.Length && candidates[i + 1].Value is not null && region.Has(variable, i + 1))
            {
                i++;
            }

            var next = i + 1 < candidates.Length ? candidates[i + 1].Value : null;
            texts.Add(Range(variable.Fact, candidates[first].Slot.Low, next is null ? null : candidates[i + 1].Slot.Low - 1));
        }

        return string.Join(" or ", texts.Take(MaxValues));
    }

    private static string Range(FactDefinition fact, long first, long? last) =>
        last == first ? Text(fact, first)
        : last is null ? $"from {Text(fact, first)}"
        : $"from {Text(fact, first)} to {Text(fact, last.Value)}";

    private static string Text(FactDefinition fact, long value) => fact.Type == FactType.Date
        ? DateOnly.FromDayNumber((int)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : value.ToString(CultureInfo.InvariantCulture);
}
