using System.Collections.Immutable;
using BriData.Contracts.Countries;
using BriData.Policy.RulePacks;

namespace BriData.Grains.Rules;

/// <summary>Runs a pack's own test cases and says which rules they reach.</summary>
internal static class RulePackTests
{
    /// <summary>The report; its view of the pack is added by the country.</summary>
    public static RulePackTestReport Run(CompiledRulePack pack)
    {
        var results = PackTestRunner.Run(pack);
        var matched = results
            .SelectMany(result => result.Verdict.Rules)
            .Where(rule => rule.Result == "matched")
            .Select(rule => rule.Id)
            .ToHashSet(StringComparer.Ordinal);
        ImmutableArray<string> uncovered = [.. pack.Pack.Rules.Select(rule => rule.Id).Where(id => !matched.Contains(id))];
        ImmutableArray<RulePackTestFailure> failures =
            [.. results.Where(result => !result.Passed).Select(result => new RulePackTestFailure(result.Case.Name, result.Case.Line, result.Failure!))];
        return new RulePackTestReport(
            null!, results.Length, results.Length - failures.Length, failures, pack.Pack.Rules.Length, pack.Pack.Rules.Length - uncovered.Length, uncovered);
    }
}
