using System.Collections.Immutable;
using System.Text.Json;
using BriData.Contracts.Transfers;
using BriData.Policy.RulePacks;
using BriData.Policy.Texts;

namespace BriData.Grains.Rules;

/// <summary>Adds words, in one language, to the codes of a recorded decision.</summary>
internal sealed class DecisionInWords(IReadOnlyList<CompiledRulePack> packs, ImmutableArray<string> wanted)
{
    public Explanation Explain(string transfer, JsonElement decision)
    {
        var (outcome, code) = (Text(decision, "outcome"), Text(decision, "code"));
        return new Explanation(
            transfer,
            Languages.Of(CodeTexts.Languages, wanted),
            Code(CodeKind.DecisionOutcome, outcome),
            Code(CodeKind.DecisionCode, code),
            Text(decision, "reason"),
            [.. decision.GetProperty("rules").EnumerateArray().Where(rule => Text(rule, "result") is "matched" or "unknown").Select(Rule)],
            Codes(decision, "obligations", CodeKind.Obligation),
            Codes(decision, "mechanisms", CodeKind.Mechanism),
            [.. decision.GetProperty("missing").EnumerateArray().Select(item => Item(Text(item, "kind"), Text(item, "name"), Text(item, "source")))],
            [.. decision.GetProperty("approvals").EnumerateArray().Select(a => new ExplainedApproval(Text(a, "country"), Text(a, "role"), Text(a, "rule")))],
            decision.GetProperty("remedy") is { ValueKind: JsonValueKind.Object } remedy
                ? [.. remedy.GetProperty("changes").EnumerateArray().Select(change => Item(Text(change, "kind"), Text(change, "name"), Text(change, "value")))]
                : []);
    }

    private ExplainedRule Rule(JsonElement rule)
    {
        var (id, source) = (Text(rule, "id"), Text(rule, "source"));
        var written = packs.Where(pack => pack.Jurisdiction == source).Select(pack => pack.FindRule(id)).FirstOrDefault(r => r is not null);
        return new ExplainedRule(
            id,
            source,
            Text(rule, "citation"),
            Text(rule, "result"),
            rule.GetProperty("outcome").GetString() is { } outcome ? Code(CodeKind.Outcome, outcome) : null,
            written is null ? null : Languages.Choose(written.Texts, wanted),
            [.. rule.GetProperty("decidedBy").EnumerateArray().Select(fact => Code(CodeKind.FactLabel, fact.GetString()!))]);
    }

    private ExplainedItem Item(string kind, string name, string value) => new(
        kind,
        name,
        kind switch
        {
            "fact" => Words(CodeKind.FactDescription, name),
            "mechanism" => Words(CodeKind.Mechanism, name),
            "purpose" => Words(CodeKind.Purpose, value),
            _ => name,
        },
        value);

    private ImmutableArray<ExplainedCode> Codes(JsonElement decision, string name, CodeKind kind) =>
        [.. decision.GetProperty(name).EnumerateArray().Select(code => Code(kind, code.GetString()!))];

    private ExplainedCode Code(CodeKind kind, string code) => new(code, Words(kind, code));

    // A code that has no words here was recorded by a later version; it stands for itself.
    private string Words(CodeKind kind, string code) => CodeTexts.Find(kind, code) is { } texts ? Languages.Choose(texts, wanted) : code;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
