using BriData.Entries.Events;
using BriData.Entries.Transfers;

namespace BriData.Entries.Agreements;

/// <summary>The part of an agreement's state that erasing needs.</summary>
internal sealed class ErasureState
{
    /// <summary>Erasures on record that are not known to be done, by the index of their entry.</summary>
    public SortedDictionary<long, DueErasure> Due { get; set; } = [];

    /// <summary>
    /// For each class the index up to which retention is done: whatever closed before it has been erased or had nothing to
    /// erase. Closing entries stand on the ledger in the order of their time, so no list of what comes next is needed.
    /// </summary>
    public SortedDictionary<string, long> Done { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Numbers of the transfers that the agreement's end stopped, which have no closing entry of their own; null for none.</summary>
    public List<long>? StoppedTogether { get; set; }

    public void Apply(LedgerEvent entry, long index)
    {
        switch (entry.Data)
        {
            case TransferErased erased:
                Due[index] = new DueErasure(entry.Transfer!, entry.DataSet, entry.Exporter, entry.Importer, [.. erased.Keys], erased.Payload);
                if (erased.Closed is { } closed)
                {
                    foreach (var name in erased.Classes)
                    {
                        Done[name] = Math.Max(Done.GetValueOrDefault(name), closed + 1);
                    }
                }

                break;
            case ErasureCompleted completed:
                Due.Remove(completed.Erasure);
                break;
        }
    }
}

/// <summary>An erasure that is to be carried out.</summary>
/// <param name="Transfer">Transfer identifier.</param>
/// <param name="DataSet">Data set of the transfer.</param>
/// <param name="Exporter">Its exporter.</param>
/// <param name="Importer">Its importer.</param>
/// <param name="Keys">Names of the keys to destroy.</param>
/// <param name="Payload">Payload to delete, or null.</param>
internal sealed record DueErasure(string Transfer, string? DataSet, string? Exporter, string? Importer, string[] Keys, PayloadLocation? Payload);
