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
    private static readonly CanonicalName AgreementName = new("agreement");
    private static readonly CanonicalName ApprovalsName = new("approvals");
    private static readonly CanonicalName ChangesName = new("changes");
    private static readonly CanonicalName CitationName = new("citation");
    private static readonly CanonicalName CodeName = new("code");
    private static readonly CanonicalName CountryName = new("country");
    private static readonly CanonicalName DatasetName = new("dataset");
    private static readonly CanonicalName DecidedByName = new("decidedBy");
    private static readonly CanonicalName EngineName = new("engine");
    private static readonly CanonicalName ExporterPackName = new("exporterPack");
    private static readonly CanonicalName IdName = new("id");
    private static readonly CanonicalName ImporterPackName = new("importerPack");
    private static readonly CanonicalName KindName = new("kind");
    private static readonly CanonicalName MechanismsName = new("mechanisms");
    private static readonly CanonicalName MissingName = new("missing");
    private static readonly CanonicalName NameName = new("name");
    private static readonly CanonicalName ObligationsName = new("obligations");
    private static readonly CanonicalName OutcomeName = new("outcome");
    private static readonly CanonicalName ReasonName = new("reason");
    private static readonly CanonicalName RemedyName = new("remedy");
    private static readonly CanonicalName ResultName = new("result");
    private static readonly CanonicalName RoleName = new("role");
    private static readonly CanonicalName RuleName = new("rule");
    private static readonly CanonicalName RulesName = new("rules");
    private static readonly CanonicalName SchemeName = new("scheme");
    private static readonly CanonicalName SourceName = new("source");
    private static readonly CanonicalName TextName = new("text");
    private static readonly CanonicalName ValueName = new("value");
    private static readonly CanonicalName VersionsName = new("versions");

    public static byte[] Encode(Decision decision) => CanonicalScratch.Write(decision, Write);

    /// <summary>Whether these are the bytes that <see cref="Encode"/> gives.</summary>
    public static bool Encodes(Decision decision, ReadOnlySpan<byte> bytes) => CanonicalScratch.Writes(decision, Write, bytes);

    private static void Write(CanonicalJsonWriter w, Decision decision)
    {
        w.WriteStartObject();
        w.WriteName(ApprovalsName);
        w.WriteStartArray();
        foreach (var approval in decision.Approvals)
        {
            w.WriteStartObject();
            Member(w, CountryName, approval.Country);
            Member(w, RoleName, approval.Role);
            Member(w, RuleName, approval.RuleId);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        Member(w, CodeName, decision.Code);
        Member(w, KindName, decision.Kind?.ToString());
        Strings(w, MechanismsName, decision.Mechanisms);
        w.WriteName(MissingName);
        w.WriteStartArray();
        foreach (var item in decision.Missing)
        {
            w.WriteStartObject();
            Member(w, KindName, item.Kind);
            Member(w, NameName, item.Name);
            Member(w, SourceName, item.Source);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        Strings(w, ObligationsName, decision.Obligations);
        Member(w, OutcomeName, decision.Outcome.ToString());
        Member(w, ReasonName, decision.Reason);
        w.WriteName(RemedyName);
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
        w.WriteName(ChangesName);
        w.WriteStartArray();
        foreach (var change in remedy.Changes)
        {
            w.WriteStartObject();
            Member(w, KindName, change.Kind);
            Member(w, NameName, change.Name);
            Member(w, ValueName, change.Value);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        Member(w, TextName, remedy.Text);
        w.WriteEndObject();
    }

    private static void Rules(CanonicalJsonWriter w, ImmutableArray<ConsultedRule> rules)
    {
        w.WriteName(RulesName);
        w.WriteStartArray();
        foreach (var rule in rules)
        {
            w.WriteStartObject();
            Member(w, CitationName, rule.Citation);
            Strings(w, DecidedByName, rule.DecidedBy);
            Member(w, IdName, rule.Id);
            Member(w, OutcomeName, rule.Outcome);
            Member(w, ResultName, rule.Result);
            Member(w, SourceName, rule.Source);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void Versions(CanonicalJsonWriter w, DecisionVersions versions)
    {
        w.WriteName(VersionsName);
        w.WriteStartObject();
        w.WriteName(AgreementName);
        w.WriteInt64(versions.Agreement);
        w.WriteName(DatasetName);
        w.WriteInt64(versions.DataSet);
        Member(w, EngineName, versions.Engine);
        Member(w, ExporterPackName, versions.ExporterPack);
        Member(w, ImporterPackName, versions.ImporterPack);
        Member(w, SchemeName, versions.Scheme);
        w.WriteEndObject();
    }

    private static void Member(CanonicalJsonWriter w, CanonicalName name, string? value)
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

    private static void Strings(CanonicalJsonWriter w, CanonicalName name, ImmutableArray<string> values)
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
