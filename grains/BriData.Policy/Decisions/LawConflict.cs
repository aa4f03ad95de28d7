using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Decisions;

/// <summary>
/// Two laws that cannot both be met: a rule of one side that certainly applies excludes an obligation that a rule of
/// the other side certainly imposes.
/// </summary>
internal static class LawConflict
{
    public static void Find(LawReading exporter, LawReading importer, List<Denial> denials)
    {
        Find(exporter, importer.Evaluation, denials);
        Find(importer, exporter.Evaluation, denials);
    }

    private static void Find(LawReading law, PackEvaluation other, List<Denial> denials)
    {
        foreach (var rule in Certain(law.Evaluation))
        {
            foreach (var excluded in rule.Excludes)
            {
                foreach (var against in Certain(other))
                {
                    if (against.Obligations.Contains(excluded, StringComparer.Ordinal))
                    {
                        denials.Add(new Denial(
                            DecisionCodes.ConflictOfLaws,
                            DenialKind.ConflictOfLaws,
                            $"{excluded} under {against.Citation} against {rule.Citation}"));
                    }
                }
            }
        }
    }

    private static IEnumerable<Rule> Certain(PackEvaluation evaluation)
    {
        if (evaluation.Decided is { } decided)
        {
            yield return decided.Rule.Source;
        }

        foreach (var hit in evaluation.Overlays ?? (IEnumerable<RuleHit>)[])
        {
            if (hit.Certain)
            {
                yield return hit.Rule.Source;
            }
        }
    }
}
