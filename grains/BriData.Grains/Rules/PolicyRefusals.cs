using System.Collections.Immutable;
using System.Globalization;
using BriData.Contracts;
using BriData.Policy.Classification;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;

namespace BriData.Grains.Rules;

/// <summary>Turns what the policy library found wrong with a document into refusals.</summary>
internal static class PolicyRefusals
{
    public static Refusal InvalidScheme(SchemeParseResult result) => new(
        result.Errors[0].Code == "not_json" ? ErrorCodes.MalformedJson : ErrorCodes.InvalidScheme, $"The classification scheme is not in order: {result.Errors[0].Message}")
    {
        Fields = [.. result.Errors.Select(e => new FieldProblem(e.Path, e.Code, e.Message))],
    };

    public static Refusal InvalidRulePack(RulePackParseResult result) => new(
        ErrorCodes.InvalidRulePack, $"The rule pack is not in order: line {result.Errors[0].Line}, column {result.Errors[0].Column}: {result.Errors[0].Message}")
    {
        Fields = [.. result.Errors.Select(e => new FieldProblem(
            string.Create(CultureInfo.InvariantCulture, $"line {e.Line}, column {e.Column}"), e.Code, e.Message))],
    };

    public static Refusal InvalidFacts(FactParseResult result) => new(
        result.Errors[0].Code == "unknown_fact" ? ErrorCodes.UnknownFact : ErrorCodes.InvalidFact, result.Errors[0].Message)
    {
        Fields = [.. result.Errors.Select(e => new FieldProblem(e.Fact, e.Code, e.Message))],
    };

    public static Refusal NotAssertable(ImmutableArray<string> facts) => new(
        ErrorCodes.FactNotAssertable, $"'{facts[0]}' is not the caller's to state.")
    {
        Fields = [.. facts.Select(f => new FieldProblem(f, ErrorCodes.FactNotAssertable, "The platform or the other side knows this."))],
    };
}
