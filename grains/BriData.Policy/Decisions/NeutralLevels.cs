using System.Collections.Immutable;
using BriData.Policy.Classification;

namespace BriData.Policy.Decisions;

/// <summary>From a country's mark to the neutral ladder.</summary>
public static class NeutralLevels
{
    /// <summary>The level at which the agreement recognises a mark on a day; null when it does not.</summary>
    public static SecurityLevel? Recognised(ImmutableArray<Recognition> recognitions, string country, string mark, DateOnly day)
    {
        SecurityLevel? level = null;
        foreach (var recognition in recognitions)
        {
            if (recognition.Country == country
                && recognition.Mark == mark
                && recognition.From <= day
                && (recognition.Until is not { } last || day <= last)
                && (level is null || recognition.Level > level))
            {
                level = recognition.Level;
            }
        }

        return level;
    }

    /// <summary>
    /// The strictest of what the country says of its mark, what the agreement recognises, and what the data inherits, so no
    /// mapping lowers a level (I7).
    /// </summary>
    public static SecurityLevel Strictest(SecurityLevel own, SecurityLevel? recognised, SecurityLevel inherited)
    {
        var level = own > inherited ? own : inherited;
        return recognised is { } agreed && agreed > level ? agreed : level;
    }
}
