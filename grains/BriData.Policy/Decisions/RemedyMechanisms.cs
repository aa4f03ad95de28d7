using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Decisions;

/// <summary>The mechanisms that the rules reached by a denied request ask for, the one that meets most rules first.</summary>
internal static class RemedyMechanisms
{
    public static List<(string Code, string Jurisdiction)> For(DecisionContext context)
    {
        var found = new List<(string Code, string Jurisdiction, int Meets)>();
        foreach (var law in (ReadOnlySpan<LawReading?>)[context.ExporterLaw, context.ImporterLaw])
        {
            if (law is not null)
            {
                AddFrom(law, found);
            }
        }

        found.Sort(static (a, b) => a.Meets != b.Meets ? b.Meets - a.Meets : string.CompareOrdinal(a.Code, b.Code));
        return found.ConvertAll(static mechanism => (mechanism.Code, mechanism.Jurisdiction));
    }

    private static void AddFrom(LawReading law, List<(string Code, string Jurisdiction, int Meets)> found)
    {
        var hits = Hits(law);
        var codes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var hit in hits)
        {
            if (hit.Rule.Strictness > 0)
            {
                codes.UnionWith(hit.Rule.Source.Mechanisms);
            }
        }

        foreach (var code in codes)
        {
            var meets = 0;
            foreach (var hit in hits)
            {
                meets += hit.Rule.Strictness > 0 && hit.Rule.Names(code) ? 1 : 0;
            }

            found.Add((code, law.Pack.Jurisdiction, meets));
        }
    }

    private static List<RuleHit> Hits(LawReading law)
    {
        var hits = new List<RuleHit>();
        Add(hits, law.Evaluation);
        foreach (var flow in law.Evaluation.OtherFlows ?? [])
        {
            Add(hits, flow);
        }

        return hits;
    }

    private static void Add(List<RuleHit> hits, PackEvaluation evaluation)
    {
        if (evaluation.Decided is { } decided)
        {
            hits.Add(decided);
        }

        hits.AddRange(evaluation.Possible ?? []);
        hits.AddRange(evaluation.Overlays ?? []);
    }
}
