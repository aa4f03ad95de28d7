using BriData.Contracts;
using BriData.Policy.Facts;

namespace BriData.Entries.Judging;

/// <summary>Which facts a side may state where data is real: none that another must answer for.</summary>
internal static class StatementRules
{
    /// <summary>Requires facts to be ones that the speaker may state.</summary>
    /// <param name="e">The entry.</param>
    /// <param name="facts">The facts as recorded.</param>
    /// <param name="by">Who states them.</param>
    /// <param name="where">What they are stated of, for a person.</param>
    /// <returns>The facts; null, and a finding, when they are none.</returns>
    public static FactSet? Require(JudgedEntry e, JsonText facts, FactSource by, string where)
    {
        var stated = facts.Utf8.IsEmpty ? FactSet.Empty : FactSet.Parse(facts.Utf8.Span).Facts;
        if (!e.Require(stated is not null, JudgeCodes.InvalidMember, $"The facts of {where} cannot be read."))
        {
            return null;
        }

        // Batches and flows describe cases for evaluation; a transfer is one flow, and the platform adds flows up itself.
        var forbidden = stated!.NotAssertableBy(by).Concat(((string[])[FactNames.Batches, FactNames.Flows]).Where(name => stated.TryGet(name, out _))).Distinct();
        e.Require(!forbidden.Any(), JudgeCodes.FactNotAssertable, $"The facts of {where} say {string.Join(", ", forbidden)}, which is not for the {by.ToString().ToLowerInvariant()} to state.");
        return stated;
    }
}
