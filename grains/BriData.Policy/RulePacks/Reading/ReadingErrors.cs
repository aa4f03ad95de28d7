using System.Collections.Immutable;

namespace BriData.Policy.RulePacks.Reading;

/// <summary>The problems found so far; bounded, so that a hostile document cannot make the answer large.</summary>
internal sealed class ReadingErrors
{
    private const int Most = 200;

    private readonly List<RulePackError> found = [];

    public int Count => found.Count;

    public void Add(YamlItem at, string code, string message) => Add(at.Line, at.Column, code, message);

    public void Add(int line, int column, string code, string message)
    {
        if (found.Count < Most)
        {
            found.Add(new RulePackError(line, column, code, message));
        }
    }

    /// <summary>The problems in the order of the document.</summary>
    public ImmutableArray<RulePackError> InOrder() =>
        [.. found.OrderBy(error => error.Line).ThenBy(error => error.Column).ThenBy(error => error.Code, StringComparer.Ordinal)];
}
