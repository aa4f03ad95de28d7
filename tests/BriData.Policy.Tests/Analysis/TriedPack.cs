using BriData.Policy.RulePacks;
using BriData.Policy.Tests.Support;

namespace BriData.Policy.Tests.Analysis;

/// <summary>What trying every case of a small world says of a pack of base rules for the exporter.</summary>
internal sealed record TriedPack(
    List<string> NeverMatching, List<string> NeverDeciding, List<(string First, string Second)> Twins, List<(string First, string Second)> Overlaps, bool IsUncovered)
{
    public static TriedPack Of(SmallWorld world, RulePack pack)
    {
        var rules = pack.Rules;
        var count = rules.Length;
        var (matches, decides) = (new bool[count], new bool[count]);
        var (meet, differ, overlap) = (new bool[count, count], new bool[count, count], new bool[count, count]);
        var firstDay = rules.Min(rule => rule.EffectiveFrom);
        var isUncovered = false;
        foreach (var (facts, day) in world.Cases)
        {
            var isTrue = rules.Select(rule => Reference.Evaluate(rule.When, facts) == true).ToArray();
            var applies = rules.Select((rule, at) => isTrue[at] && rule.IsInForce(day)).ToArray();
            var deciding = Array.IndexOf(applies, true);
            isUncovered |= deciding < 0 && day >= firstDay;
            for (var i = 0; i < count; i++)
            {
                matches[i] |= applies[i];
                decides[i] |= deciding == i;
                for (var j = i + 1; j < count; j++)
                {
                    meet[i, j] |= applies[i] && applies[j];
                    differ[i, j] |= rules[i].IsInForce(day) && rules[j].IsInForce(day) && isTrue[i] != isTrue[j];
                    overlap[i, j] |= deciding == i && applies[j] && rules[i].Outcome!.Value.Strictness() < rules[j].Outcome!.Value.Strictness();
                }
            }
        }

        var pairs = Enumerable.Range(0, count).SelectMany(i => Enumerable.Range(i + 1, count - i - 1).Select(j => (i, j))).ToList();
        return new TriedPack(
            Ids(at => !matches[at]),
            Ids(at => matches[at] && !decides[at]),
            Named(pair => meet[pair.i, pair.j] && !differ[pair.i, pair.j]),
            Named(pair => overlap[pair.i, pair.j] && decides[pair.j] && differ[pair.i, pair.j]),
            isUncovered);

        List<string> Ids(Func<int, bool> passes) =>
            [.. Enumerable.Range(0, count).Where(passes).Select(at => rules[at].Id).Order(StringComparer.Ordinal)];

        List<(string, string)> Named(Func<(int i, int j), bool> passes) =>
            [.. pairs.Where(passes).Select(pair => (rules[pair.i].Id, rules[pair.j].Id)).Order()];
    }
}
