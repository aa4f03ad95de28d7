using System.Text.Json;

namespace BriData.Policy.Facts;

/// <summary>
/// Reads the step with the regulator where it carries its dates (fact sheet, section 5: <c>Filed(date)</c>,
/// <c>Approved(date, expires)</c>) into three facts, so that conditions can compare each.
/// </summary>
internal static class RegulatorStepReader
{
    /// <summary>The parts, or null when the element is a bare code or not readable in either form.</summary>
    public static (FactDefinition Fact, FactValue Value)[]? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => FromText(element.GetString()!),
        JsonValueKind.Object => FromObject(element),
        _ => null,
    };

    private static (FactDefinition, FactValue)[]? FromText(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || text[^1] != ')')
        {
            return null;
        }

        var dates = text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
        return dates.Length <= 2 ? Parts(text[..open], dates[0], dates.Length == 2 ? dates[1] : null) : null;
    }

    private static (FactDefinition, FactValue)[]? FromObject(JsonElement element)
    {
        string? step = null, date = null, expires = null;
        foreach (var member in element.EnumerateObject())
        {
            var value = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
            switch (member.Name)
            {
                case "step" when value is not null:
                    step = value;
                    break;
                case "date" when value is not null:
                    date = value;
                    break;
                case "expires" when value is not null:
                    expires = value;
                    break;
                default:
                    return null;
            }
        }

        return step is null ? null : Parts(step, date, expires);
    }

    private static (FactDefinition, FactValue)[]? Parts(string step, string? date, string? expires)
    {
        var parts = new List<(FactDefinition, FactValue)>
        {
            (FactCatalog.Get(FactNames.RegulatorStep), FactValue.Of(step)),
        };
        return Add(parts, FactNames.RegulatorStepDate, date) && Add(parts, FactNames.RegulatorStepExpires, expires)
            ? [.. parts]
            : null;
    }

    private static bool Add(List<(FactDefinition, FactValue)> parts, string name, string? text)
    {
        if (text is null)
        {
            return true;
        }

        if (!IsoDate.TryParse(text, out var date))
        {
            return false;
        }

        parts.Add((FactCatalog.Get(name), FactValue.Of(date)));
        return true;
    }
}
