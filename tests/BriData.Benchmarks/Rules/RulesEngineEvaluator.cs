using System.Globalization;
using RulesEngine.Models;

namespace BriData.Benchmarks.Rules;

/// <summary>
/// The table in Microsoft's RulesEngine, set up as its documentation has it for speed: typed input, all rules under one
/// parent joined by OrElse in performance mode, so that evaluation ends at the first that applies; no scoped parameters, no
/// formatted messages, no actions.
/// </summary>
internal sealed class RulesEngineEvaluator : IRuleEvaluator
{
    private const string Workflow = "table";
    private const string Input = "r";

    private readonly RulesEngine.RulesEngine _engine;
    private readonly RuleParameter[][] _requests;

    public RulesEngineEvaluator(RuleTable table)
    {
        _requests = [.. table.Requests.Select(facts => new[] { new RuleParameter(Input, StatedFacts.From(facts)) })];
        var parent = new Rule
        {
            RuleName = Workflow,
            Operator = "OrElse",
            Rules = (Rule[])[.. table.Rows.Select(row => new Rule
            {
                RuleName = row.Number.ToString(CultureInfo.InvariantCulture),
                Expression = string.Join(" && ", row.Tests.Select(Expression)),
            })],
        };
        var settings = new ReSettings
        {
            NestedRuleExecutionMode = NestedRuleExecutionMode.Performance,
            EnableScopedParams = false,
            EnableFormattedErrorMessage = false,
            EnableExceptionAsErrorMessage = false,
            EnableExceptionAsErrorMessageForRuleExpressionParsing = false,
            AutoExecuteActions = false,
            UseFastExpressionCompiler = true,
        };
        _engine = new RulesEngine.RulesEngine([new Workflow { WorkflowName = Workflow, Rules = [parent] }], settings);
    }

    public string Name => "RulesEngine";

    public int Decide(int request)
    {
        var answer = _engine.ExecuteAllRulesAsync(Workflow, _requests[request]);
        var tree = answer.IsCompletedSuccessfully ? answer.Result[0] : throw new BenchmarkFailedException("RulesEngine did not answer at once.");
        return tree.IsSuccess ? int.Parse(tree.ChildResults.Last().Rule.RuleName, NumberStyles.None, CultureInfo.InvariantCulture) : -1;
    }

    private static string Expression(RowTest test)
    {
        var property = $"{Input}.{char.ToUpperInvariant(test.Fact.Name[0])}{test.Fact.Name[1..]}";
        return test.Kind switch
        {
            RowTestKind.OneOf => AnyOf(test, code => $"{property} == \"{code}\""),
            RowTestKind.HoldsAny => AnyOf(test, code => $"{property}.Contains(\"{code}\")"),
            RowTestKind.Is => test.Number != 0 ? property : $"!{property}",
            RowTestKind.AtLeast => string.Create(CultureInfo.InvariantCulture, $"{property} >= {test.Number}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{property} < {test.Number}"),
        };
    }

    private static string AnyOf(RowTest test, Func<string, string> part) => $"({string.Join(" || ", test.Codes.Select(part))})";
}
