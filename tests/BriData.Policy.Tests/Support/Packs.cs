using System.Collections.Concurrent;
using System.Text;
using BriData.Policy.RulePacks;

namespace BriData.Policy.Tests.Support;

/// <summary>Packs for tests, compiled once.</summary>
internal static class Packs
{
    private static readonly ConcurrentDictionary<string, CompiledRulePack> BuiltIn = new(StringComparer.Ordinal);

    public static CompiledRulePack Get(string jurisdiction) => BuiltIn.GetOrAdd(jurisdiction, static code =>
        CompiledRulePack.Compile(Valid(RulePackParser.Parse(BuiltInPacks.Find(code)!.Yaml))));

    /// <summary>A pack of these rules, each written from <c>- id:</c> on.</summary>
    public static CompiledRulePack Of(string rules, string jurisdiction = "SG") => CompiledRulePack.Compile(Valid(RulePackParser.Parse(Yaml(rules, jurisdiction))));

    /// <summary>A pack with one more line in its header.</summary>
    public static CompiledRulePack WithHeader(string line, string rules) => CompiledRulePack.Compile(Valid(RulePackParser.Parse(
        Yaml(rules).Replace("rules:", $"{line}\nrules:", StringComparison.Ordinal))));

    public static string Yaml(string rules, string jurisdiction = "SG") =>
        $"""
        format: 1
        jurisdiction: {jurisdiction}
        version: "1"
        title: [en: Test]
        disclaimer: engineering summary, not legal advice
        lastChecked: 2026-11-22
        rules:

        """.Replace("[en: Test]", "{en: Test}", StringComparison.Ordinal) + rules;

    public static string Rule(string id, string when, string outcome, string more = "")
    {
        var text = new StringBuilder();
        text.Append("  - id: ").AppendLine(id);
        text.AppendLine("    citation: {law: Test Law, article: art. 1}");
        text.AppendLine("    certainty: P+");
        text.AppendLine("    effectiveFrom: 2020-01-01");
        text.Append("    when: ").AppendLine(when);
        if (outcome.Length > 0)
        {
            text.Append("    outcome: ").AppendLine(outcome);
        }

        foreach (var line in more.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append("    ").AppendLine(line);
        }

        text.AppendLine("    texts: {en: Test}");
        return text.ToString();
    }

    private static RulePack Valid(RulePackParseResult result)
    {
        Assert.True(result.IsValid, string.Join("\n", result.Errors));
        return result.Pack!;
    }
}
