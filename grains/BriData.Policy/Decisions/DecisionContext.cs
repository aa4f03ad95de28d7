using System.Collections.Immutable;
using BriData.Policy.Classification;
using BriData.Policy.Facts;

namespace BriData.Policy.Decisions;

/// <summary>What the steps of one decision have found so far.</summary>
internal sealed class DecisionContext(DecisionInput input, bool tells)
{
    private List<ConsultedRule>? rules;

    public DecisionInput Input { get; } = input;

    /// <summary>Whether an account is wanted; without one the same decision is taken, faster.</summary>
    public bool Tells { get; } = tells;

    /// <summary>The first reason to deny; the one that the decision names.</summary>
    public Denial? Denial { get; private set; }

    public Grant? Grant { get; set; }

    public SchemeMark? Mark { get; set; }

    /// <summary>True when the agreement recognises the mark on the day of the transfer.</summary>
    public bool MarkRecognised { get; set; }

    /// <summary>Facts common to both packs; built when first needed.</summary>
    public FactSet? CommonFacts { get; set; }

    public LawReading? ExporterLaw { get; set; }

    public LawReading? ImporterLaw { get; set; }

    public SortedSet<string> Obligations { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Mechanisms { get; } = new(StringComparer.Ordinal);

    public List<MissingItem> Missing { get; } = [];

    public List<RequiredApproval> Approvals { get; } = [];

    /// <summary>True when a pack leaves the answer to a person.</summary>
    public bool ReviewByPerson { get; set; }

    public ImmutableArray<ConsultedRule> Rules => rules is null ? [] : [.. rules];

    public bool Deny(string code, DenialKind kind, string detail = "")
    {
        Denial ??= new Denial(code, kind, detail);
        return false;
    }

    public void Tell(string id, string source, string citation, bool matched, params ImmutableArray<string> decidedBy)
    {
        if (Tells)
        {
            (rules ??= []).Add(new ConsultedRule(id, source, citation, matched ? "matched" : "notMatched", null, decidedBy));
        }
    }

    public void Tell(ImmutableArray<ConsultedRule> account) => (rules ??= []).AddRange(account);

    public void AddMissing(string kind, string name, string source)
    {
        var item = new MissingItem(kind, name, source);
        if (!Missing.Contains(item))
        {
            Missing.Add(item);
        }
    }
}
