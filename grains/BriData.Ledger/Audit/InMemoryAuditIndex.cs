namespace BriData.Ledger.Audit;

/// <summary>An audit index in this process's memory; searches read everything. For tests and trials.</summary>
public sealed class InMemoryAuditIndex : IAuditIndex
{
    private readonly Lock _lock = new();
    private AuditTable _table = new();
    private bool _rebuilding;

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<LedgerId, long>> GetProgressAsync(CancellationToken cancellationToken = default) => Progress(() => _table);

    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken = default) => Apply(() => _table, records);

    /// <inheritdoc/>
    public Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.EnsureBounds();
        AuditCursor? behind = query.Cursor is null ? null : AuditCursor.Parse(query.Cursor);
        List<AuditRecord> found;
        lock (_lock)
        {
            found = [.. _table.OldestFirst
                .Reverse()
                .Where(pair => (behind is null || pair.Key.CompareTo(behind.Value) < 0) && query.Matches(pair.Value))
                .Take(query.Limit + 1)
                .Select(static pair => pair.Value)];
        }

        var more = found.Count > query.Limit;
        return Task.FromResult(new AuditPage([.. found.Take(query.Limit)], more ? AuditCursor.Of(found[query.Limit - 1]).Write() : null));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditRecord>> GetTrailAsync(string transfer, string? visibleTo, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<AuditRecord>>(
                [.. _table.OldestFirst.Select(static pair => pair.Value).Where(r => r.Transfer == transfer && (visibleTo is null || r.Parties.Contains(visibleTo)))]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlySet<LedgerId>> LedgersOfAsync(string country, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlySet<LedgerId>>(
                _table.OldestFirst.Select(static pair => pair.Value).Where(r => r.Parties.Contains(country)).Select(static r => r.Ledger).ToHashSet());
        }
    }

    /// <inheritdoc/>
    public Task<IAuditRebuild> BeginRebuildAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_rebuilding)
            {
                return Task.FromException<IAuditRebuild>(new InvalidOperationException("The index is being rebuilt already."));
            }

            _rebuilding = true;
            return Task.FromResult<IAuditRebuild>(new Rebuild(this));
        }
    }

    private Task<IReadOnlyDictionary<LedgerId, long>> Progress(Func<AuditTable> table)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyDictionary<LedgerId, long>>(table().Progress());
        }
    }

    private Task Apply(Func<AuditTable> table, IReadOnlyList<AuditRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        lock (_lock)
        {
            try
            {
                table().Apply(records);
            }
            catch (InvalidOperationException gap)
            {
                return Task.FromException(gap);
            }
        }

        return Task.CompletedTask;
    }

    private sealed class Rebuild(InMemoryAuditIndex owner) : IAuditRebuild
    {
        private readonly AuditTable _table = new();

        public Task<IReadOnlyDictionary<LedgerId, long>> GetProgressAsync(CancellationToken cancellationToken = default) => owner.Progress(() => _table);

        public Task ApplyAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken = default) => owner.Apply(() => _table, records);

        public Task SwitchAsync(CancellationToken cancellationToken = default)
        {
            lock (owner._lock)
            {
                owner._table = _table;
            }

            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            lock (owner._lock)
            {
                owner._rebuilding = false;
            }

            return ValueTask.CompletedTask;
        }
    }
}
