using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Policy.Facts;

namespace BriData.Grains.Rules;

/// <summary>Which facts may be stated where a real transfer is judged.</summary>
internal static class AssertableFacts
{
    // No more persons live; a number beyond it is a mistake or an attempt to exhaust somebody's totals.
    private const long MaxSubjects = 10_000_000_000;

    /// <summary>The facts a caller states, or what is wrong with their form.</summary>
    public static Reply<FactSet> Read(JsonText facts)
    {
        if (facts.Utf8.IsEmpty)
        {
            return FactSet.Empty;
        }

        var parsed = FactSet.Parse(facts.Utf8.Span);
        return parsed.Facts is { } stated ? stated : PolicyRefusals.InvalidFacts(parsed);
    }

    /// <summary>
    /// Null when everything may be stated. Batches and flows describe cases for evaluation; a transfer is one flow, and the
    /// platform adds flows up itself.
    /// </summary>
    public static Refusal? Check(FactSet stated, FactSource by)
    {
        ImmutableArray<string> forbidden =
            [.. stated.NotAssertableBy(by).Concat(new[] { FactNames.Batches, FactNames.Flows }.Where(name => stated.TryGet(name, out _)))];
        if (!forbidden.IsEmpty)
        {
            return PolicyRefusals.NotAssertable([.. forbidden.Distinct(StringComparer.Ordinal)]);
        }

        return stated.TryGet(FactNames.Subjects, out var subjects) && subjects.AsInteger() > MaxSubjects
            ? new Refusal(ErrorCodes.InvalidFact, $"'{FactNames.Subjects}' is at most {MaxSubjects}.")
            {
                Fields = [new FieldProblem(FactNames.Subjects, "fact_range", $"It is at most {MaxSubjects}.")],
            }
            : null;
    }
}
