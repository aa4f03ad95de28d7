using System.Collections.Immutable;
using BriData.Policy.Analysis.Solving;
using BriData.Policy.RulePacks;

namespace BriData.Policy.Analysis.Checks;

/// <summary>One analysis under way: the pack as formulas, and what was found so far.</summary>
internal sealed class AnalysisRun
{
    private readonly List<AnalysisFinding> findings = [];
    private readonly List<AnalysisFinding> notes = [];
    private readonly AnalysisLimits limits;
    private readonly ExampleBuilder examples;

    public AnalysisRun(CompiledRulePack pack, AnalysisLimits limits, CancellationToken cancellation)
    {
        this.limits = limits;
        Cancellation = cancellation;
        Model = PackModel.Build(pack, limits, cancellation);
        Solver = new Solver(Model.Space, limits, cancellation);
        examples = new ExampleBuilder(Model);
    }

    public AnalysisLimits Limits => limits;

    public CancellationToken Cancellation { get; }

    public PackModel Model { get; }

    public Solver Solver { get; }

    /// <summary>Pairs of base rules looked at.</summary>
    public long Pairs { get; set; }

    public IReadOnlyList<AnalysisFinding> Findings => findings;

    public IReadOnlyList<AnalysisFinding> Notes => notes;

    /// <summary>True while there is room for another note.</summary>
    public bool WantsNotes => notes.Count < limits.Notes;

    /// <summary>True once something could not be told.</summary>
    public bool IsCut { get; set; }

    /// <summary>Reports a finding of which no example exists.</summary>
    public void Report(AnalysisKind kind, ImmutableArray<Rule> rules, string explanation) =>
        Report(Finding(kind, rules, explanation, null));

    /// <summary>Reports a finding that is not of rules, or has its example already.</summary>
    public void Report(AnalysisFinding finding)
    {
        if (findings.Count < limits.Findings)
        {
            findings.Add(finding);
        }
        else
        {
            IsCut = true;
        }
    }

    /// <summary>
    /// Reports a finding with an example out of the region. What the evaluator does not bear out is not reported, and
    /// leaves the analysis incomplete. The rules in <paramref name="holding"/>, else all that are named, are true in it.
    /// </summary>
    public void Report(
        AnalysisKind kind,
        ImmutableArray<Rule> rules,
        string explanation,
        Domains region,
        Func<AnalysisExample, bool> bears,
        ImmutableArray<Rule>? holding = null)
    {
        if (examples.Build(region, holding ?? rules, bears) is not { } example)
        {
            IsCut = true;
            return;
        }

        var finding = Finding(kind, rules, explanation, example);
        if (IsNote(kind))
        {
            notes.Add(finding);
        }
        else
        {
            Report(finding);
        }
    }

    public void Note(AnalysisKind kind, ImmutableArray<Rule> rules, string explanation) =>
        notes.Add(Finding(kind, rules, explanation, null));

    public PackAnalysis Result() => new()
    {
        Findings = [.. findings.OrderBy(finding => finding.Line)],
        Notes = [.. notes.OrderBy(finding => finding.Line)],
        Complete = !IsCut && !Solver.GaveUp && !Model.Space.IsCut,
        Rules = Model.Rules.Length,
        Facts = Model.Facts.Length,
        Pairs = Pairs,
        Searches = Solver.Searches,
        Steps = Solver.Steps,
    };

    private static bool IsNote(AnalysisKind kind) => kind >= AnalysisKind.StricterFirst;

    private static AnalysisFinding Finding(AnalysisKind kind, ImmutableArray<Rule> rules, string explanation, AnalysisExample? example) => new()
    {
        Kind = kind,
        Rules = [.. rules.Select(rule => rule.Id)],
        Line = rules.IsEmpty ? 0 : rules[0].Line,
        Explanation = explanation,
        Example = example,
    };
}
