using System.Globalization;
using System.Text.Json;

namespace BriData.Benchmarks.Rules;

/// <summary>The table as Cedar reads it: the purpose is the action, every other fact is in the context.</summary>
internal static class CedarPolicies
{
    /// <summary>Policies by row number, and the facts of the requests, as one line of JSON.</summary>
    public static string Write(RuleTable table)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("policies");
            foreach (var row in table.Rows)
            {
                json.WriteString(row.Number.ToString(CultureInfo.InvariantCulture), Policy(row));
            }

            json.WriteEndObject();
            json.WriteStartArray("requests");
            foreach (var facts in table.Requests)
            {
                json.WriteRawValue(facts.ToCanonicalJson());
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Policy(RuleRow row)
    {
        var purposes = row.Tests.Single(test => test.Fact == TableFacts.Purpose).Codes;
        var action = purposes.Length == 1
            ? $"action == Action::\"{purposes[0]}\""
            : $"action in [{string.Join(", ", purposes.Select(code => $"Action::\"{code}\""))}]";
        var conditions = row.Tests.Where(test => test.Fact != TableFacts.Purpose).Select(Condition);
        return $"{(row.Forbids ? "forbid" : "permit")}(principal, {action}, resource) when {{ {string.Join(" && ", conditions)} }};";
    }

    private static string Condition(RowTest test)
    {
        var fact = $"context.{test.Fact.Name}";
        var codes = $"[{string.Join(", ", test.Codes.Select(code => $"\"{code}\""))}]";
        return test.Kind switch
        {
            RowTestKind.OneOf => test.Codes.Length == 1 ? $"{fact} == \"{test.Codes[0]}\"" : $"{codes}.contains({fact})",
            RowTestKind.HoldsAny => $"{fact}.containsAny({codes})",
            RowTestKind.Is => test.Number != 0 ? fact : $"!{fact}",
            RowTestKind.AtLeast => string.Create(CultureInfo.InvariantCulture, $"{fact} >= {test.Number}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{fact} < {test.Number}"),
        };
    }
}
