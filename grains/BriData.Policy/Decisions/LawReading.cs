using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Decisions;

/// <summary>One side's law as read for this transfer.</summary>
/// <param name="Party">The side.</param>
/// <param name="Pack">Its pack.</param>
/// <param name="Evaluation">What the pack says.</param>
/// <param name="Records">Mechanisms on record under this law, in force on the day and usable.</param>
internal sealed record LawReading(
    PartyInput Party, CompiledRulePack Pack, PackEvaluation Evaluation, List<MechanismRecord> Records)
{
    /// <summary>The code of a mechanism on record that satisfies the rule, or null.</summary>
    public string? RecordFor(CompiledRule rule)
    {
        foreach (var record in Records)
        {
            if (rule.Names(record.Code))
            {
                return record.Code;
            }
        }

        return null;
    }
}
