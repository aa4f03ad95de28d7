using BriData.Policy.Facts;

namespace BriData.Policy.Decisions;

/// <summary>What persons state about a transfer, from both sides.</summary>
public static class StatedBy
{
    /// <summary>
    /// The exporter answers for its data, so its statement wins; but what the recipient will do is the requester's to say.
    /// </summary>
    /// <param name="caller">Facts of the request.</param>
    /// <param name="exporter">Facts that the exporter states about the data set.</param>
    public static FactSet Both(FactSet caller, FactSet exporter)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var stated = caller.Merge(exporter);
        foreach (ref readonly var entry in caller.Entries)
        {
            if (entry.Fact.Source == FactSource.Requester)
            {
                stated = stated.With(entry);
            }
        }

        return stated;
    }
}
