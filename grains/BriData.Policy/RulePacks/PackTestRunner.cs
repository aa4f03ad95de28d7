using System.Collections.Immutable;

namespace BriData.Policy.RulePacks;

/// <summary>Runs the test cases that a pack carries.</summary>
public static class PackTestRunner
{
    /// <summary>Every case with its result, in the order of the pack.</summary>
    public static ImmutableArray<PackTestResult> Run(CompiledRulePack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return [.. pack.Pack.Tests.Select(test =>
        {
            var verdict = pack.Evaluate(test.Facts, test.EventDate);
            return new PackTestResult(test, verdict, Failure(test.Expect, verdict));
        })];
    }

    private static string? Failure(PackExpectation expect, PackVerdict verdict)
    {
        var proceed = verdict.MayProceedNow switch { true => "true", false => "false", null => "unknown" };
        var problems = new List<string>();
        Compare(problems, "outcome", expect.Outcome?.ToCode(), verdict.Outcome.ToCode());
        Compare(problems, "rule", expect.Rule, verdict.DecidingRule);
        Compare(problems, "mayProceedNow", expect.MayProceedNow, proceed);
        CompareSets(problems, "mechanisms", expect.Mechanisms, verdict.Mechanisms);
        CompareSets(problems, "missingFacts", expect.MissingFacts, verdict.MissingFacts);
        var absent = (expect.Obligations ?? []).Except(verdict.Obligations, StringComparer.Ordinal).ToList();
        if (expect.Obligations is { IsEmpty: true } && !verdict.Obligations.IsEmpty)
        {
            problems.Add($"obligations: expected none, got {string.Join(", ", verdict.Obligations)}");
        }
        else if (absent.Count > 0)
        {
            problems.Add($"obligations: {string.Join(", ", absent)} not among {string.Join(", ", verdict.Obligations)}");
        }

        return problems.Count == 0 ? null : string.Join("; ", problems);
    }

    private static void Compare(List<string> problems, string what, string? expected, string actual)
    {
        if (expected is not null && expected != actual)
        {
            problems.Add($"{what}: expected {expected}, got {actual}");
        }
    }

    private static void CompareSets(List<string> problems, string what, ImmutableArray<string>? expected, ImmutableArray<string> actual)
    {
        if (expected is { } set && !set.Order(StringComparer.Ordinal).SequenceEqual(actual, StringComparer.Ordinal))
        {
            problems.Add($"{what}: expected [{string.Join(", ", set)}], got [{string.Join(", ", actual)}]");
        }
    }
}
