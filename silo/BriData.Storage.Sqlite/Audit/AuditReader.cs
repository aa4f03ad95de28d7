using BriData.Ledger.Audit;
using BriData.Storage.Sqlite.Database;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>A reading connection to an audit index file, and its statements.</summary>
internal sealed class AuditReader(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _streams = database.Prepare(
        """
        SELECT s.id, s.audience, l.name
        FROM audience_members m CROSS JOIN streams s CROSS JOIN ledgers l
        WHERE m.country = ?1 AND s.audience = m.audience AND l.id = s.ledger
            AND (?2 IS NULL OR EXISTS (SELECT 1 FROM audience_members o WHERE o.country = ?2 AND o.audience = m.audience))
        """);

    private readonly SqliteStatement _sheets = database.Prepare(
        "SELECT id, count, indexed, min_at, max_at, peak_at, ordered FROM sheets WHERE stream = ? AND id < ? ORDER BY id DESC");

    private readonly SqliteStatement _sheetStream = database.Prepare("SELECT stream FROM sheets WHERE id = ?");
    private readonly SqliteStatement _term = database.Prepare("SELECT places FROM postings WHERE sheet = ? AND kind = ? AND value = ?");
    private readonly SqliteStatement _terms = database.Prepare("SELECT places FROM postings WHERE sheet = ? AND kind = ? AND value >= ? AND value < ?");
    private readonly SqliteStatement _record = database.Prepare("SELECT at, idx, body FROM records WHERE id = ?");
    private readonly SqliteStatement _transfer = database.Prepare("SELECT record FROM transfers WHERE transfer = ? AND audience = ?");
    private readonly SqliteStatement _trail = database.Prepare(
        """
        SELECT t.record, l.name
        FROM transfers t CROSS JOIN sheets h CROSS JOIN streams s CROSS JOIN ledgers l
        WHERE t.transfer = ?1 AND h.id = t.record / ?2 AND s.id = h.stream AND l.id = s.ledger
        """);

    /// <summary>Up to one record more than the page holds, newest first.</summary>
    /// <exception cref="OperationCanceledException">The search was given up between two sheets.</exception>
    public List<AuditRecord> Search(AuditQuery query, AuditPosition? behind, CancellationToken cancellationToken = default) =>
        InSnapshot(() => new AuditSearch(this, query, behind, cancellationToken).Run());

    /// <summary>Records of a transfer, oldest first: all, or those in streams that a country may read.</summary>
    public List<AuditRecord> Trail(string transfer, string? visibleTo) => InSnapshot(() =>
    {
        var found = (visibleTo is null ? EachOf(transfer) : EachOf(transfer, Streams(visibleTo, null))).ConvertAll(r => ReadRecord(r.Record, r.Ledger));
        found.Sort(static (x, y) => x.Position.CompareTo(y.Position));
        return found.ConvertAll(static f => f.Record);
    });

    /// <summary>The streams of audiences with these countries.</summary>
    public List<VisibleStream> Streams(string country, string? other) => All(
        _streams.Bind(1, country).Bind(2, other),
        static row => new VisibleStream(row.Int64(0), row.Int64(1), LedgerId.Parse(row.Text(2))));

    /// <summary>The stream's last sheet before a number that has records in the time; null when there is none.</summary>
    public Sheet? SheetBefore(long stream, long before, long from, long until)
    {
        _sheets.Bind(1, stream).Bind(2, before);
        try
        {
            while (_sheets.Step())
            {
                var sheet = AuditTables.ReadSheet(_sheets);
                if (sheet.PeakAt < from)
                {
                    return null;
                }

                if (sheet.MinAt <= until && sheet.MaxAt >= from)
                {
                    return sheet;
                }
            }

            return null;
        }
        finally
        {
            _sheets.Reset();
        }
    }

    /// <summary>Adds the places on the sheet that meet the condition.</summary>
    public void ReadPlaces(long sheet, in AuditCondition condition, RecordSet places)
    {
        var statement = condition.IsPrefix ? _terms.Bind(4, condition.End) : _term;
        statement.Bind(1, sheet).Bind(2, (long)condition.Kind).Bind(3, condition.Value);
        try
        {
            while (statement.Step())
            {
                places.AddStored(statement.Blob(0));
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Records of a transfer in these streams; others are not touched.</summary>
    public List<(long Record, LedgerId Ledger)> EachOf(string transfer, List<VisibleStream> streams)
    {
        var ledgers = streams.ToDictionary(static s => s.Id, static s => s.Ledger);
        return [.. streams
            .Select(static s => s.Audience)
            .Distinct()
            .SelectMany(audience => OfTransfer(transfer, audience))
            .Select(r => (r.Record, ledgers[r.Stream]))];
    }

    /// <summary>Records of a transfer under an audience, with the stream of each.</summary>
    public List<(long Record, long Stream)> OfTransfer(string transfer, long audience) =>
        All(_transfer.Bind(1, transfer).Bind(2, audience), static row => row.Int64(0))
            .ConvertAll(record => (record, Row(_sheetStream.Bind(1, record / RecordSet.Capacity), static row => row.Int64(0))));

    public AuditPosition ReadPosition(long record, LedgerId ledger) =>
        Row(_record.Bind(1, record), row => new AuditPosition(row.Int64(0), ledger, row.Int64(1)));

    public (AuditPosition Position, AuditRecord Record) ReadRecord(long record, LedgerId ledger) => Row(_record.Bind(1, record), row =>
    {
        var position = new AuditPosition(row.Int64(0), ledger, row.Int64(1));
        return (position, AuditBody.Read(row.Blob(2), position));
    });

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[_streams, _sheets, _sheetStream, _term, _terms, _record, _transfer, _trail])
        {
            statement.Dispose();
        }

        database.Dispose();
    }

    private List<(long Record, LedgerId Ledger)> EachOf(string transfer) =>
        All(_trail.Bind(1, transfer).Bind(2, RecordSet.Capacity), static row => (row.Int64(0), LedgerId.Parse(row.Text(1))));

    private static List<T> All<T>(SqliteStatement statement, Func<SqliteStatement, T> read)
    {
        var rows = new List<T>();
        try
        {
            while (statement.Step())
            {
                rows.Add(read(statement));
            }
        }
        finally
        {
            statement.Reset();
        }

        return rows;
    }

    // A number that the index itself names has a row.
    private static T Row<T>(SqliteStatement statement, Func<SqliteStatement, T> read)
    {
        try
        {
            return statement.Step() ? read(statement) : throw new InvalidDataException("A record of the audit index is missing.");
        }
        finally
        {
            statement.Reset();
        }
    }

    // One snapshot for all statements: what the first found is still there for the last.
    private T InSnapshot<T>(Func<T> read)
    {
        database.Execute("BEGIN");
        try
        {
            return read();
        }
        finally
        {
            database.Rollback();
        }
    }
}
