using BriData.Ledger.Audit;
using BriData.Storage.Sqlite.Database;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>The writer's statements over an audit index file. Not safe for concurrent use.</summary>
internal sealed class AuditTables(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _begin = database.Prepare("BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = database.Prepare("COMMIT");
    private readonly SqliteStatement _ledgers = database.Prepare("SELECT id, name, size FROM ledgers");
    private readonly SqliteStatement _insertLedger = database.Prepare("INSERT INTO ledgers (name, size) VALUES (?, 0)");
    private readonly SqliteStatement _moveLedger = database.Prepare("UPDATE ledgers SET size = ? WHERE id = ?");
    private readonly SqliteStatement _findAudience = database.Prepare("SELECT id FROM audiences WHERE countries = ?");
    private readonly SqliteStatement _insertAudience = database.Prepare("INSERT INTO audiences (countries) VALUES (?)");
    private readonly SqliteStatement _insertMember = database.Prepare("INSERT INTO audience_members (country, audience) VALUES (?, ?) ON CONFLICT DO NOTHING");
    private readonly SqliteStatement _findStream = database.Prepare("SELECT id FROM streams WHERE audience = ? AND ledger = ?");
    private readonly SqliteStatement _insertStream = database.Prepare("INSERT INTO streams (audience, ledger) VALUES (?, ?)");
    private readonly SqliteStatement _lastSheet = database.Prepare("SELECT id, count, indexed, min_at, max_at, peak_at, ordered FROM sheets WHERE stream = ? ORDER BY id DESC LIMIT 1");
    private readonly SqliteStatement _putSheet = database.Prepare(
        """
        INSERT INTO sheets (id, stream, count, indexed, min_at, max_at, peak_at, ordered) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (id) DO UPDATE SET count = ?3, indexed = ?4, min_at = ?5, max_at = ?6, peak_at = ?7, ordered = ?8
        """);

    private readonly SqliteStatement _insertRecord = database.Prepare("INSERT INTO records (id, at, idx, body) VALUES (?, ?, ?, ?)");
    private readonly SqliteStatement _record = database.Prepare("SELECT at, idx, body FROM records WHERE id = ?");
    private readonly SqliteStatement _insertTransfer = database.Prepare("INSERT INTO transfers (transfer, audience, record) VALUES (?, ?, ?)");
    private readonly SqliteStatement _findPosting = database.Prepare("SELECT places FROM postings WHERE sheet = ? AND kind = ? AND value = ?");
    private readonly SqliteStatement _insertPosting = database.Prepare("INSERT INTO postings (places, sheet, kind, value) VALUES (?, ?, ?, ?)");
    private readonly SqliteStatement _updatePosting = database.Prepare("UPDATE postings SET places = ? WHERE sheet = ? AND kind = ? AND value = ?");

    public void Begin() => _begin.Execute();

    public void Commit() => _commit.Execute();

    public void Rollback() => database.Rollback();

    /// <inheritdoc cref="SqliteDatabase.AfterCommit"/>
    public void AfterCommit() => database.AfterCommit();

    public Dictionary<LedgerId, LedgerProgress> ReadProgress()
    {
        var progress = new Dictionary<LedgerId, LedgerProgress>();
        while (_ledgers.Step())
        {
            progress.Add(LedgerId.Parse(_ledgers.Text(1)), new LedgerProgress(_ledgers.Int64(0), _ledgers.Int64(2)));
        }

        return progress;
    }

    /// <summary>The greatest sheet number given out; 0 before the first.</summary>
    public long LastSheetId() => database.Scalar("SELECT coalesce(max(id), 0) FROM sheets");

    public long InsertLedger(LedgerId ledger)
    {
        _insertLedger.Bind(1, ledger.Value).Execute();
        return database.LastInsertRowId;
    }

    public void MoveLedger(in LedgerProgress progress) => _moveLedger.Bind(1, progress.Size).Bind(2, progress.Id).Execute();

    public long FindOrInsertAudience(string countries, IEnumerable<string> members)
    {
        if (Find(_findAudience.Bind(1, countries)) is { } known)
        {
            return known;
        }

        _insertAudience.Bind(1, countries).Execute();
        var audience = database.LastInsertRowId;
        foreach (var country in members)
        {
            _insertMember.Bind(1, country).Bind(2, audience).Execute();
        }

        return audience;
    }

    public long FindOrInsertStream(long audience, long ledger)
    {
        if (Find(_findStream.Bind(1, audience).Bind(2, ledger)) is { } known)
        {
            return known;
        }

        _insertStream.Bind(1, audience).Bind(2, ledger).Execute();
        return database.LastInsertRowId;
    }

    public Sheet? LastSheet(long stream)
    {
        try
        {
            return _lastSheet.Bind(1, stream).Step() ? ReadSheet(_lastSheet) : null;
        }
        finally
        {
            _lastSheet.Reset();
        }
    }

    public void PutSheet(long stream, in Sheet sheet) => _putSheet
        .Bind(1, sheet.Id).Bind(2, stream).Bind(3, sheet.Count).Bind(4, sheet.Indexed)
        .Bind(5, sheet.MinAt).Bind(6, sheet.MaxAt).Bind(7, sheet.PeakAt).Bind(8, sheet.Ordered ? 1 : 0).Execute();

    public void InsertRecord(long record, long ticks, long index, ReadOnlySpan<byte> body) =>
        _insertRecord.Bind(1, record).Bind(2, ticks).Bind(3, index).Bind(4, body).Execute();

    public AuditRecord ReadRecord(long record, LedgerId ledger)
    {
        try
        {
            return _record.Bind(1, record).Step()
                ? AuditBody.Read(_record.Blob(2), new AuditPosition(_record.Int64(0), ledger, _record.Int64(1)))
                : throw new InvalidDataException("A record of the audit index is missing.");
        }
        finally
        {
            _record.Reset();
        }
    }

    public void InsertTransfer(string transfer, long audience, long record) =>
        _insertTransfer.Bind(1, transfer).Bind(2, audience).Bind(3, record).Execute();

    /// <summary>Adds the stored places of a term to the set; false when there are none.</summary>
    public bool ReadPosting(long sheet, TermKind kind, ReadOnlySpan<byte> value, RecordSet places)
    {
        var known = _findPosting.Bind(1, sheet).Bind(2, (long)kind).Bind(3, value).Step();
        if (known)
        {
            places.AddStored(_findPosting.Blob(0));
        }

        _findPosting.Reset();
        return known;
    }

    public void WritePosting(bool known, long sheet, TermKind kind, ReadOnlySpan<byte> value, ReadOnlySpan<byte> places) =>
        (known ? _updatePosting : _insertPosting).Bind(1, places).Bind(2, sheet).Bind(3, (long)kind).Bind(4, value).Execute();

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)
            [
                _begin, _commit, _ledgers, _insertLedger, _moveLedger, _findAudience, _insertAudience, _insertMember, _findStream, _insertStream, _lastSheet, _putSheet,
                _insertRecord, _record, _insertTransfer, _findPosting, _insertPosting, _updatePosting,
            ])
        {
            statement.Dispose();
        }

        database.Dispose();
    }

    /// <summary>Reads a row with the columns id, count, indexed, min_at, max_at, peak_at, ordered.</summary>
    internal static Sheet ReadSheet(SqliteStatement row) =>
        new(row.Int64(0), (int)row.Int64(1), (int)row.Int64(2), row.Int64(3), row.Int64(4), row.Int64(5), row.Int64(6) != 0);

    private static long? Find(SqliteStatement statement)
    {
        long? id = statement.Step() ? statement.Int64(0) : null;
        statement.Reset();
        return id;
    }
}
