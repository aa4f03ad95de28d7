using BriData.Ledger.Audit;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>
/// One search: goes back through the sheets of every visible stream at once, always in the one that may hold the newest
/// record left, and ends when the page is full.
/// </summary>
internal sealed class AuditSearch
{
    private readonly AuditReader _reader;
    private readonly AuditQuery _query;
    private readonly AuditPosition? _behind;
    private readonly CancellationToken _cancellationToken;
    private readonly long _from;
    private readonly long _until;
    private readonly List<AuditCondition> _conditions;
    private readonly RecordSet _places = new();
    private readonly RecordSet _more = new();
    private readonly PriorityQueue<Walk, Due> _walks = new();

    public AuditSearch(AuditReader reader, AuditQuery query, AuditPosition? behind, CancellationToken cancellationToken)
    {
        _reader = reader;
        _query = query;
        _behind = behind;
        _cancellationToken = cancellationToken;
        _from = query.From?.UtcTicks ?? 0;
        _until = Math.Min(query.To?.UtcTicks - 1 ?? long.MaxValue, behind?.Ticks ?? long.MaxValue);
        _conditions = AuditCondition.Of(query);
    }

    /// <summary>Up to one record more than the page holds, newest first.</summary>
    public List<AuditRecord> Run()
    {
        var streams = _reader.Streams(_query.VisibleTo, _query.Country);
        if (_query.Transfer is { } transfer)
        {
            return OfTransfer(streams, transfer);
        }

        foreach (var stream in streams)
        {
            Enqueue(stream, long.MaxValue);
        }

        var found = new List<AuditRecord>();
        while (found.Count <= _query.Limit && _walks.TryDequeue(out var walk, out _))
        {
            if (walk.Records is null)
            {
                // An earlier sheet may hold later records, where a clock was set: it joins in before this one is read.
                Enqueue(walk.Stream, walk.Sheet.Id);
                walk = walk with { Records = RecordsOn(walk.Stream, walk.Sheet).GetEnumerator() };
            }
            else if (_reader.ReadRecord(walk.Records.Current.Record, walk.Stream.Ledger).Record is var record && _query.Matches(record))
            {
                // The last records come unsearched; pairs of parts may stand in different words of the text, and long parts were cut.
                found.Add(record);
            }

            if (walk.Records.MoveNext())
            {
                _walks.Enqueue(walk, new Due(walk.Records.Current.Position.Ticks, walk.Records.Current.Position));
            }
        }

        return found;
    }

    private void Enqueue(VisibleStream stream, long before)
    {
        if (_reader.SheetBefore(stream.Id, before, _from, _until) is { } sheet)
        {
            _walks.Enqueue(new Walk(stream, sheet, null), new Due(Math.Min(sheet.PeakAt, _until), null));
        }
    }

    /// <summary>What the sheet has for this page, newest first; read as it is asked for.</summary>
    private IEnumerable<(AuditPosition Position, long Record)> RecordsOn(VisibleStream stream, Sheet sheet)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var places = PlacesOn(sheet);
        if (!sheet.Ordered)
        {
            return places
                .Select(place => sheet.RecordAt(place))
                .Select(record => (Position: _reader.ReadPosition(record, stream.Ledger), record))
                .Where(r => IsAhead(r.Position) && r.Position.Ticks >= _from)
                .OrderByDescending(static r => r.Position);
        }

        return Ordered(stream, sheet, places);
    }

    private IEnumerable<(AuditPosition Position, long Record)> Ordered(VisibleStream stream, Sheet sheet, int[] places)
    {
        for (var i = sheet.MaxAt < _until ? 0 : FirstAhead(stream, sheet, places); i < places.Length; i++)
        {
            var record = sheet.RecordAt(places[i]);
            var position = _reader.ReadPosition(record, stream.Ledger);
            if (position.Ticks < _from)
            {
                yield break;
            }

            yield return (position, record);
        }
    }

    // On a sheet in order, all records from some place on are ahead.
    private int FirstAhead(VisibleStream stream, Sheet sheet, int[] places)
    {
        var (low, high) = (0, places.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = IsAhead(_reader.ReadPosition(sheet.RecordAt(places[middle]), stream.Ledger)) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private bool IsAhead(AuditPosition position) => position.Ticks <= _until && (_behind is null || position.CompareTo(_behind.Value) < 0);

    private int[] PlacesOn(in Sheet sheet)
    {
        _places.Clear();
        Select(sheet);

        // The last records are not in the postings yet: each is read, and compared with the query like all that are found.
        _places.AddRange(sheet.Indexed, sheet.Count - sheet.Indexed);
        return _places.Descending();
    }

    /// <summary>Puts the indexed places on the sheet that meet the conditions into the empty set.</summary>
    private void Select(in Sheet sheet)
    {
        if (_conditions.Count == 0)
        {
            _places.AddRange(0, sheet.Indexed);
        }

        for (var i = 0; i < _conditions.Count; i++)
        {
            var target = i == 0 ? _places : _more;
            target.Clear();
            _reader.ReadPlaces(sheet.Id, _conditions[i], target);
            if (i > 0)
            {
                _places.IntersectWith(_more);
            }

            if (_places.IsEmpty)
            {
                LeadWith(i);
                return;
            }
        }
    }

    // What rules out one sheet likely rules out the next: asked first, it saves the others.
    private void LeadWith(int i)
    {
        var condition = _conditions[i];
        if (i > 0 && !condition.IsPrefix)
        {
            _conditions.RemoveAt(i);
            _conditions.Insert(0, condition);
        }
    }

    // A transfer has few records.
    private List<AuditRecord> OfTransfer(List<VisibleStream> streams, string transfer) =>
        [.. _reader.EachOf(transfer, streams)
            .Select(r => _reader.ReadRecord(r.Record, r.Ledger))
            .Where(r => IsAhead(r.Position) && _query.Matches(r.Record))
            .OrderByDescending(static r => r.Position)
            .Take(_query.Limit + 1)
            .Select(static r => r.Record)];

    /// <summary>A sheet on the way back; its records are null until it is its turn.</summary>
    private readonly record struct Walk(VisibleStream Stream, Sheet Sheet, IEnumerator<(AuditPosition Position, long Record)>? Records);

    /// <summary>When it is a walk's turn: the latest first, and at one time a sheet that was not read yet before any record.</summary>
    private readonly record struct Due(long Ticks, AuditPosition? Position) : IComparable<Due>
    {
        public int CompareTo(Due other)
        {
            if (Ticks != other.Ticks)
            {
                return other.Ticks.CompareTo(Ticks);
            }

            return Position is { } mine && other.Position is { } others
                ? others.CompareTo(mine)
                : (Position is null ? 0 : 1) - (other.Position is null ? 0 : 1);
        }
    }
}
