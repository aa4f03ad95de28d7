using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Benchmarks.Rules;

/// <summary>The same pack without the account: what grows with the number of rules, and what the other evaluators do.</summary>
internal sealed class BriDataBareEvaluator(RuleTable table, CompiledRulePack pack) : IRuleEvaluator
{
    public string Name => "BriData, no account";

    public int Decide(int request)
    {
        var evaluation = pack.Evaluator.Evaluate(table.Requests[request], BriDataEvaluator.Day, EvaluationMode.StatedCase);
        return evaluation.Decided is { } decided ? BriDataEvaluator.RowOf(decided.Rule.Source.Id) : -1;
    }
}
