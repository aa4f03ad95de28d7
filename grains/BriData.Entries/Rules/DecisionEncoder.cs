using System.Collections.Immutable;
using BriData.Entries.Events;
using BriData.Ledger.Canonical;
using BriData.Policy.Decisions;

namespace BriData.Entries.Rules;

/// <summary>
/// Writes a decision as canonical JSON (RFC 8785). These bytes are what the ledger keeps and what the caller receives.
/// Members in canonical order: approvals, code, kind, mechanisms, missing, obligations, outcome, reason, remedy, rules,
/// versions.
/// </summary>
internal static class DecisionEncoder
{
    public static byte[] Encode(Decision decision) => CanonicalScratch.Write(decision, Write);

    private static void Write(CanonicalJsonWriter w, Decision decision)
    {
        w.WriteStartObject();
        w.WriteName("approvals");
        w.WriteStartArray();
        foreach (var approval in decision.Approvals)
        {
            w.WriteStartObject();
            Member(w, "country", approval.Country);
            Member(w, "role", approval.Role);
            Member(w, "rule", approval.RuleId);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        Member(w, "code", decision.Code);
        Member(w, "kind", decision.Kind?.ToString());
        Strings(w, "mechanisms", decision.Mechanisms);
        w.WriteName("missing");
        w.WriteStartArray();
        foreach (var item in decision.Missing)
        {
            w.WriteStartObject();
            Member(w, "kind", item.Kind);
            Member(w, "name", item.Name);
            Member(w, "source", item.Source);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        Strings(w, "obligations", decision.Obligations);
        Member(w, "outcome", decision.Outcome.ToString());
        Member(w, "reason", decision.Reason);
        w.WriteName("remedy");
        Remedy(w, decision.Remedy);
        Rules(w, decision.Rules);
        Versions(w, decision.Versions);
        w.WriteEndObject();
    }

    private static void Remedy(CanonicalJsonWriter w, Remedy? remedy)
    {
        if (remedy is null)
        {
            w.WriteNull();
            return;
        }

        w.WriteStartObject();
        w.WriteName("changes");
        w.WriteStartArray();
        foreach (var change in remedy.Changes)
        {
            w.WriteStartObject();
            Member(w, "kind", change.Kind);
            Member(w, "name", change.Name);
            Member(w, "value", change.Value);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        Member(w, "text", remedy.Text);
        w.WriteEndObject();
    }

    private static void Rules(CanonicalJsonWriter w, ImmutableArray<ConsultedRule> rules)
    {
        w.WriteName("rules");
        w.WriteStartArray();
        foreach (var rule in rules)
        {
            w.WriteStartObject();
            Member(w, "citation", rule.Citation);
            Strings(w, "decidedBy", rule.DecidedBy);
            Member(w, "id", rule.Id);
            Member(w, "outcome", rule.Outcome);
            Member(w, "result", rule.Result);
            Member(w, "source", rule.Source);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void Versions(CanonicalJsonWriter w, DecisionVersions versions)
    {
        w.WriteName("versions");
        w.WriteStartObject();
        w.WriteName("agreement");
        w.WriteInt64(versions.Agreement);
        w.WriteName("dataset");
        w.WriteInt64(versions.DataSet);
        Member(w, "engine", versions.Engine);
        Member(w, "exporterPack", versions.ExporterPack);
        Member(w, "importerPack", versions.ImporterPack);
        Member(w, "scheme", versions.Scheme);
        w.WriteEndObject();
    }

    private static void Member(CanonicalJsonWriter w, string name, string? value)
    {
        w.WriteName(name);
        if (value is null)
        {
            w.WriteNull();
        }
        else
        {
            w.WriteString(value);
        }
    }

    private static void Strings(CanonicalJsonWriter w, string name, ImmutableArray<string> values)
    {
        w.WriteName(name);
        w.WriteStartArray();
        foreach (var value in values)
        {
            w.WriteString(value);
        }

        w.WriteEndArray();
    }
}
