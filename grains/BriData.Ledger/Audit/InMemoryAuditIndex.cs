namespace BriData.Ledger.Audit;

/// <summary>An audit index in this process's memory; searches read everything. For tests and trials.</summary>
public sealed class InMemoryAuditIndex : IAuditIndex
{
    private const int MaxLimit = 500;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<AuditCursor, AuditRecord> _records = [];
    private readonly Dictionary<LedgerId, long> _progress = [];

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<LedgerId, long>> GetProgressAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyDictionary<LedgerId, long>>(new Dictionary<LedgerId, long>(_progress));
        }
    }

    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        lock (_lock)
        {
            var progress = new Dictionary<LedgerId, long>(_progress);
            var fresh = new List<AuditRecord>();
            foreach (var record in records)
            {
                var next = progress.GetValueOrDefault(record.Ledger);
                if (record.Index > next)
                {
                    return Task.FromException(new InvalidOperationException($"{record.Ledger} is indexed up to {next}; entry {record.Index} would leave a gap."));
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

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxLimit);
        AuditCursor? behind = query.Cursor is null ? null : AuditCursor.Parse(query.Cursor);
        List<AuditRecord> found;
        lock (_lock)
        {
            found = [.. _records
                .Reverse()
                .Where(pair => (behind is null || pair.Key.CompareTo(behind.Value) < 0) && Matches(pair.Value, query))
                .Take(query.Limit + 1)
                .Select(static pair => pair.Value)];
        }

        var more = found.Count > query.Limit;
        return Task.FromResult(new AuditPage([.. found.Take(query.Limit)], more ? AuditCursor.Of(found[query.Limit - 1]).Write() : null));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditRecord>> GetTrailAsync(string transfer, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<AuditRecord>>([.. _records.Values.Where(r => r.Transfer == transfer)]);
        }
    }

    /// <inheritdoc/>
    public Task ResetAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _records.Clear();
            _progress.Clear();
        }

        return Task.CompletedTask;
    }

    /// <summary>True when every condition of the query holds for the record; limit and cursor do not matter.</summary>
    public static bool Matches(AuditRecord record, AuditQuery query)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(query);
        return Holds(record, query);
    }

    private static bool Holds(AuditRecord record, AuditQuery query) =>
        record.Parties.Contains(query.VisibleTo)
        && (query.Country is null || record.Parties.Contains(query.Country))
        && (query.Agency is null || record.Agencies.Contains(query.Agency))
        && (query.Agreement is null || record.Agreement == query.Agreement)
        && (query.DataSet is null || record.DataSet == query.DataSet)
        && (query.Outcome is null || record.Outcome == query.Outcome)
        && (query.Rule is null || record.Rules.Any(rule => rule == query.Rule || rule[(rule.IndexOf(':', StringComparison.Ordinal) + 1)..] == query.Rule))
        && (query.Obligation is null || record.Obligations.Contains(query.Obligation))
        && (query.Officer is null || record.Officer == query.Officer)
        && (query.From is null || record.At >= query.From)
        && (query.To is null || record.At < query.To)
        && (query.Text is null || AuditText.Matches(record.Text, query.Text));
}
