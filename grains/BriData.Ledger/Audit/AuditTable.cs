namespace BriData.Ledger.Audit;

/// <summary>Records in memory, in search order. Not safe for concurrent use.</summary>
internal sealed class AuditTable
{
    private readonly SortedDictionary<AuditCursor, AuditRecord> _records = [];
    private readonly Dictionary<LedgerId, long> _progress = [];

    public IEnumerable<KeyValuePair<AuditCursor, AuditRecord>> OldestFirst => _records;

    public Dictionary<LedgerId, long> Progress() => new(_progress);

    /// <exception cref="InvalidOperationException">A record would leave a gap; nothing was taken in.</exception>
    public void Apply(IReadOnlyList<AuditRecord> records)
    {
        var progress = Progress();
        var fresh = new List<AuditRecord>();
        foreach (var record in records)
        {
            var next = progress.GetValueOrDefault(record.Ledger);
            if (record.Index > next)
            {
                throw new InvalidOperationException($"{record.Ledger} is indexed up to {next}; entry {record.Index} would leave a gap.");
            }

            if (record.Index == next)
            {
                progress[record.Ledger] = next + 1;
                fresh.Add(record);
            }
        }

        foreach (var record in fresh)
        {
            _records.Add(AuditCursor.Of(record), record);
            _progress[record.Ledger] = record.Index + 1;
        }
    }
}
