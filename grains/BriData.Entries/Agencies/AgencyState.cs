using System.Text.Json.Serialization.Metadata;
using BriData.Contracts.Agencies;
using BriData.Entries.Countries;
using BriData.Entries.Events;

namespace BriData.Entries.Agencies;

/// <summary>The fold of <c>agency/{cc}.{slug}</c>.</summary>
internal sealed class AgencyState : ILedgerState<AgencyState>
{
    public static int SnapshotVersion => 1;

    public static JsonTypeInfo<AgencyState> JsonType => EventJson.Default.AgencyState;

    public AgencyDocument? Document { get; set; }

    public bool Suspended { get; set; }

    /// <summary>Counts changes of the agency's document and standing.</summary>
    public int Version { get; set; }

    public long LastIndex { get; set; } = -1;

    public SortedDictionary<string, DataSetState> DataSets { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Parties of each linked agreement.</summary>
    public SortedDictionary<string, string[]> Agreements { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The running totals that the law counts.</summary>
    public TotalsState Totals { get; set; } = new();

    /// <summary>Name of the key of the reasons for its suspensions; null while there are none.</summary>
    public string? TextKey { get; set; }

    public long ChangedAsOf { get; set; }

    public long PublishedAsOf { get; set; }

    public void Apply(LedgerEvent entry, long index)
    {
        switch (entry.Data)
        {
            case AgencyPut put:
                Document = put.Document;
                Changed(index);
                break;
            case AgencySuspended suspended:
                Suspended = true;
                TextKey = suspended.TextKey ?? TextKey;
                Changed(index);
                break;
            case AgencyResumed resumed:
                Suspended = false;
                TextKey = resumed.TextKey ?? TextKey;
                Changed(index);
                break;
            case DataSetPut put:
                DataSets[put.Slug] = new DataSetState
                {
                    Document = put.Document,
                    Inherited = put.Inherited,
                    Version = (DataSets.TryGetValue(put.Slug, out var earlier) ? earlier.Version : 0) + 1,
                    LastIndex = index,
                };
                ChangedAsOf = index + 1;
                break;
            case AgreementLinked linked:
                Agreements[linked.Agreement] = [.. linked.Parties];
                break;
            case AgreementUnlinked unlinked:
                Agreements.Remove(unlinked.Agreement);
                break;
            case TotalsReserved reserved:
                Totals.Apply(reserved);
                break;
            case TotalsSettled settled:
                Totals.Apply(settled);
                break;
            case PublicationCompleted completed:
                PublishedAsOf = completed.AsOf;
                break;
        }
    }

    private void Changed(long index)
    {
        Version++;
        LastIndex = index;
        ChangedAsOf = index + 1;
    }
}

/// <summary>A data set of the agency.</summary>
internal sealed class DataSetState
{
    public required DataSetDocument Document { get; set; }

    public InheritedClassification? Inherited { get; set; }

    public int Version { get; set; }

    public long LastIndex { get; set; }
}
