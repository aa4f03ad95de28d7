using System.Text;
using BriData.Policy.Classification;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;

namespace BriData.Policy.Tests.Support;

/// <summary>Carries out a remedy as its reader would, from the three words of each change alone.</summary>
internal static class Remedies
{
    public static DecisionInput Apply(DecisionInput input, Remedy remedy) => remedy.Changes.Aggregate(input, Apply);

    private static DecisionInput Apply(DecisionInput input, RemedyChange change) => change.Kind switch
    {
        "mechanism" => input.WithMechanism(change.Name, change.Value, input.EventDate),
        "purpose" => input with { Purpose = change.Value },
        "fact" => input with { PlatformFacts = input.PlatformFacts.Merge(State(change)) },
        _ when change.Name == "recognitions" => Recognise(input, change.Value.Split('=')),
        _ when change.Name.EndsWith("maxLevel", StringComparison.Ordinal) =>
            input.WithGrant(grant => grant with { MaxLevel = SecurityLevels.TryParse(change.Value, out var level) ? level : default }),
        _ => throw new InvalidOperationException(change.ToString()),
    };

    private static FactSet State(RemedyChange change)
    {
        var type = FactCatalog.Get(change.Name).Type;
        var value = type is FactType.Boolean or FactType.Integer ? change.Value : $"\"{change.Value}\"";
        return FactSet.Parse(Encoding.UTF8.GetBytes($"{{\"{change.Name}\":{value}}}")).Facts!;
    }

    private static DecisionInput Recognise(DecisionInput input, string[] parts)
    {
        Assert.True(SecurityLevels.TryParse(parts[1], out var level));
        var recognition = new Recognition(input.Exporter.Country, parts[0], level, input.EventDate, null);
        return input with { Agreement = input.Agreement with { Recognitions = input.Agreement.Recognitions.Add(recognition) } };
    }
}
