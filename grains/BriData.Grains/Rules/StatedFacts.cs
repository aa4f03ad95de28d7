using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Entries.Events;
using BriData.Ledger.Canonical;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;

namespace BriData.Grains.Rules;

/// <summary>Judges facts that a person states, without effect, and writes the verdict in the contract's shape.</summary>
internal static class StatedFacts
{
    public static Reply<RuleEvaluation> Judge(CompiledRulePack pack, string exporter, string? importer, DateOnly eventDate, FactSet stated, ImmutableArray<string>? languages)
    {
        var facts = stated;
        foreach (var (name, value) in Named(exporter, importer, eventDate))
        {
            if (stated.TryGet(name, out var said) && !said.Equals(value))
            {
                return new Refusal(ErrorCodes.InvalidFact, $"'{name}' says something else than the request.")
                {
                    Fields = [new FieldProblem(name, "fact_value", "It says something else than the request.")],
                };
            }

            facts = facts.With(name, value);
        }

        var verdict = pack.Evaluate(facts, eventDate);
        return new RuleEvaluation(new JsonText(CanonicalScratch.Write((pack, verdict, languages), static (w, s) => Write(w, s.pack, s.verdict, s.languages))));
    }

    private static IEnumerable<(string Name, FactValue Value)> Named(string exporter, string? importer, DateOnly eventDate)
    {
        yield return (FactNames.EventDate, FactValue.Of(eventDate));
        yield return (FactNames.ExporterCountry, FactValue.Of(exporter));
        if (importer is not null)
        {
            yield return (FactNames.RecipientCountry, FactValue.Of(importer));
        }
    }

    private static void Write(CanonicalJsonWriter w, CompiledRulePack pack, PackVerdict verdict, ImmutableArray<string>? languages)
    {
        w.WriteStartObject();
        Strings(w, "assumptions", verdict.Assumptions);
        w.WriteName("mayProceedNow");
        if (verdict.MayProceedNow is { } may)
        {
            w.WriteBoolean(may);
        }
        else
        {
            w.WriteNull();
        }

        Strings(w, "mechanisms", verdict.Mechanisms);
        Strings(w, "missingFacts", verdict.MissingFacts);
        Strings(w, "obligations", verdict.Obligations);
        w.WriteString("outcome", verdict.Outcome.ToCode());
        w.WriteStartObject("pack");
        w.WriteString("jurisdiction", pack.Jurisdiction);
        w.WriteString("version", pack.Version);
        w.WriteEndObject();
        w.WriteStartArray("rules");
        foreach (var rule in verdict.Rules)
        {
            w.WriteStartObject();
            w.WriteString("citation", rule.Citation);
            w.WriteString("id", rule.Id);
            w.WriteString("result", rule.Result);
            if (rule.Result != "notMatched" && pack.FindRule(rule.Id) is { } written)
            {
                w.WriteString("text", Languages.Choose(written.Texts, languages ?? []));
            }

            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void Strings(CanonicalJsonWriter w, string name, IEnumerable<string> values)
    {
        w.WriteStartArray(name);
        foreach (var value in values)
        {
            w.WriteString(value);
        }

        w.WriteEndArray();
    }
}
