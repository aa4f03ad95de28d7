using System.Text.Json;
using BriData.Contracts.Agencies;
using BriData.Entries.Events;

namespace BriData.Entries.Agreements;

/// <summary>
/// An agency's context enters an agreement's ledger in pieces: each entry holds the agency's standing and those data sets that
/// are new or changed, as many as fit. An agency may have any number of data sets.
/// </summary>
internal static class AgencyContexts
{
    // Leaves room for the envelope and the agency's own document within an entry.
    private const int MaxDataSetBytes = 40_000;

    /// <summary>The entries that bring what is held up to date; at least one.</summary>
    public static IEnumerable<AgencyContextTaken> Split(AgencyContext? held, AgencyContext context)
    {
        var known = held?.DataSets.ToDictionary(d => d.Id, d => d.Version) ?? [];
        var piece = new List<DataSetView>();
        var bytes = 0;
        foreach (var dataSet in context.DataSets.Where(d => known.GetValueOrDefault(d.Id) != d.Version))
        {
            var size = JsonSerializer.SerializeToUtf8Bytes(dataSet, EventJson.Default.DataSetView).Length;
            if (piece.Count > 0 && bytes + size > MaxDataSetBytes)
            {
                yield return new AgencyContextTaken(context with { DataSets = [.. piece] });
                piece.Clear();
                bytes = 0;
            }

            piece.Add(dataSet);
            bytes += size;
        }

        yield return new AgencyContextTaken(context with { DataSets = [.. piece] });
    }

    /// <summary>What is held after one more entry.</summary>
    public static AgencyContext Merge(AgencyContext held, AgencyContext piece)
    {
        var changed = piece.DataSets.ToDictionary(d => d.Id);
        return piece with { DataSets = [.. held.DataSets.Where(d => !changed.ContainsKey(d.Id)), .. piece.DataSets] };
    }
}
