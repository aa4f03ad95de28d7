namespace BriData.Storage.Sqlite.Audit;

/// <summary>A sheet of a stream: see <see cref="AuditSchema"/>.</summary>
internal readonly record struct Sheet(long Id, int Count, int Indexed, long MinAt, long MaxAt, long PeakAt, bool Ordered)
{
    /// <summary>
    /// With as many records that are not in the postings, they are put there. To add one record to sixty sets costs as much as
    /// to add thirty, and a search reads that many records more per stream.
    /// </summary>
    private const int MaxUnindexed = 32;

    /// <summary>A fresh sheet behind those with this peak.</summary>
    public static Sheet Empty(long id, long peakAt) => new(id, 0, 0, long.MaxValue, long.MinValue, peakAt, true);

    public bool IsFull => Count == RecordSet.Capacity;

    public bool IsToBeIndexed => IsFull || Count - Indexed >= MaxUnindexed;

    /// <summary>The number of the record at a place.</summary>
    public long RecordAt(int place) => (Id * RecordSet.Capacity) + place;

    /// <summary>The sheet with one more record.</summary>
    public Sheet With(long at) => this with
    {
        Count = Count + 1,
        MinAt = Math.Min(MinAt, at),
        MaxAt = Math.Max(MaxAt, at),
        PeakAt = Math.Max(PeakAt, at),
        Ordered = Ordered && at >= MaxAt,
    };
}
