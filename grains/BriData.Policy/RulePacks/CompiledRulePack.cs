using System.Collections.Frozen;
using System.Security.Cryptography;
using BriData.Policy.Classification;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.RulePacks;

/// <summary>
/// A rule pack ready for evaluation. Immutable and safe to share between threads; the same facts and day give the same
/// verdict, always.
/// </summary>
public sealed class CompiledRulePack
{
    private readonly PackEvaluator evaluator;
    private readonly Lazy<FrozenDictionary<string, Rule>> rules;

    private CompiledRulePack(RulePack pack, string digest, PackEvaluator evaluator)
    {
        Pack = pack;
        Digest = digest;
        this.evaluator = evaluator;
        rules = new(() => pack.Rules.ToFrozenDictionary(rule => rule.Id, StringComparer.Ordinal));
        Reference = $"{pack.Jurisdiction}@{pack.Version}#{digest}";
    }

    /// <summary>The document.</summary>
    public RulePack Pack { get; }

    public string Jurisdiction => Pack.Jurisdiction;

    public string Version => Pack.Version;

    /// <summary>SHA-256 of the source bytes, lower-case hexadecimal.</summary>
    public string Digest { get; }

    /// <summary>Jurisdiction, version and digest, as decisions record them: <c>CN@2026.1#…</c>.</summary>
    public string Reference { get; }

    internal PackEvaluator Evaluator => evaluator;

    /// <summary>The rule of this identifier; null for one that the platform supplies.</summary>
    public Rule? FindRule(string id) => rules.Value.GetValueOrDefault(id);

    /// <summary>Compiles a pack. A pack that came out of <see cref="RulePackParser"/> always compiles.</summary>
    public static CompiledRulePack Compile(RulePack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return new CompiledRulePack(
            pack,
            Convert.ToHexStringLower(SHA256.HashData(pack.Source.Span)),
            PackEvaluator.Build(pack));
    }

    /// <summary>
    /// Judges a stated case. Facts that a person stating a case leaves out are taken at their harmless value and listed
    /// as assumptions (<see cref="FactDefinition.AssumedWhenAbsent"/>); what opens a route is never assumed, and a count
    /// only where the stated categories leave nobody to count. The outcome is the strictest that the facts leave possible: an unknown prohibition holds, an
    /// unknown exemption does not help.
    /// </summary>
    public PackVerdict Evaluate(FactSet facts, DateOnly eventDate)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var evaluation = evaluator.Evaluate(facts, eventDate, EvaluationMode.StatedCase);
        var verdict = VerdictBuilder.Build(evaluator, evaluation, eventDate, EvaluationMode.StatedCase);
        return SharingBoundary.Problem(SharingBoundary.MarkOf(facts), facts) is null ? verdict : VerdictBuilder.Narrow(verdict);
    }
}
