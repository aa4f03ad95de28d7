using System.Collections.Immutable;
using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.RulePacks.Reading;

/// <summary>
/// Reads conditions: <c>always</c>; <c>{all: […]}</c>, <c>{any: […]}</c>, <c>{not: …}</c>; <c>{use: name}</c> of a
/// definition; or <c>{fact: name, operator: value}</c> with an optional <c>absent: true|false|unknown</c>.
/// </summary>
internal sealed class ConditionReader(ReadingErrors errors)
{
    /// <summary>Most nodes of one condition once its definitions are written out.</summary>
    public const int MaxNodes = 2000;

    private readonly Dictionary<string, (Condition Condition, int Nodes)> definitions = new(StringComparer.Ordinal);

    /// <summary>Nodes of the condition read last.</summary>
    public int LastNodes { get; private set; }

    public void Define(YamlScalar name, YamlItem item)
    {
        var condition = Read(item);
        definitions[name.Value] = (condition, LastNodes);
    }

    public Condition Read(YamlItem item)
    {
        var nodes = 0;
        var condition = Read(item, ref nodes);
        if (nodes > MaxNodes)
        {
            errors.Add(item, "too_complex", $"A condition may have at most {MaxNodes} parts once its definitions are written out.");
            condition = new AlwaysCondition();
        }

        LastNodes = nodes;
        return condition;
    }

    private Condition Read(YamlItem item, ref int nodes)
    {
        nodes++;
        if (item is YamlScalar { Value: "always" })
        {
            return new AlwaysCondition();
        }

        if (item is not YamlMap { Members.Count: > 0 } map)
        {
            return Fail(item, "wrong_type", "A condition is 'always' or a mapping.");
        }

        var (key, value) = map.Members[0];
        if (map.Find("fact") is not null)
        {
            return ComparisonReader.Read(map, errors);
        }

        if (map.Members.Count > 1)
        {
            return Fail(map.Members[1].Key, "unknown_key", $"'{MapReader.Shorten(map.Members[1].Key.Value)}' cannot stand beside '{MapReader.Shorten(key.Value)}'.");
        }

        switch (key.Value)
        {
            case "all":
                return new AllCondition(Parts(value, ref nodes));
            case "any":
                return new AnyCondition(Parts(value, ref nodes));
            case "not":
                return new NotCondition(Read(value, ref nodes));
            case "use":
                return Use(value, ref nodes);
            default:
                return Fail(key, "unknown_operator", $"'{MapReader.Shorten(key.Value)}' is not all, any, not, use or fact.");
        }
    }

    private ImmutableArray<Condition> Parts(YamlItem item, ref int nodes)
    {
        if (item is not YamlList { Items.Count: > 0 } list)
        {
            errors.Add(item, "wrong_type", "A list of at least one condition is expected here.");
            return [];
        }

        var parts = ImmutableArray.CreateBuilder<Condition>(list.Items.Count);
        foreach (var part in list.Items)
        {
            parts.Add(Read(part, ref nodes));
        }

        return parts.ToImmutable();
    }

    private Condition Use(YamlItem item, ref int nodes)
    {
        // Only definitions further up can be used, so they cannot go round in a circle.
        if (item is YamlScalar name && definitions.TryGetValue(name.Value, out var definition))
        {
            nodes += definition.Nodes;
            return definition.Condition;
        }

        return Fail(item, "unknown_definition", $"There is no definition '{MapReader.Shown(item)}' above this line.");
    }

    private AlwaysCondition Fail(YamlItem at, string code, string message)
    {
        errors.Add(at, code, message);
        return new AlwaysCondition();
    }
}
