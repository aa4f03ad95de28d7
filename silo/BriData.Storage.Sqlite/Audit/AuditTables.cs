using BriData.Storage.Sqlite.Database;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>The writer's statements over <c>audit.db</c>. Not safe for concurrent use.</summary>
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
    private readonly SqliteStatement _findTerm = database.Prepare("SELECT id FROM terms WHERE kind = ? AND value = ?");
    private readonly SqliteStatement _insertTerm = database.Prepare("INSERT INTO terms (kind, value, tail) VALUES (?, ?, ?)");
    private readonly SqliteStatement _insertRecord = database.Prepare("INSERT INTO records (audience, at, ledger, idx, transfer, body) VALUES (?, ?, ?, ?, ?, ?)");
    private readonly SqliteStatement _insertPosting = database.Prepare("INSERT INTO postings (audience, term, at, record) VALUES (?, ?, ?, ?)");
    private readonly SqliteStatement _insertWords = database.Prepare("INSERT INTO words (rowid, text) VALUES (?, ?)");

    public void Begin() => _begin.Execute();

    public void Commit() => _commit.Execute();

    public void Rollback() => database.Rollback();

    public void Clear() => database.Execute(AuditSchema.Clear);

    public Dictionary<LedgerId, LedgerProgress> ReadProgress()
    {
        var progress = new Dictionary<LedgerId, LedgerProgress>();
        while (_ledgers.Step())
        {
            progress.Add(LedgerId.Parse(_ledgers.Text(1)), new LedgerProgress(_ledgers.Int64(0), _ledgers.Int64(2)));
        }

        return progress;
    }

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

    public long FindOrInsertTerm(in AuditTerm term)
    {
        if (Find(_findTerm.Bind(1, (long)term.Kind).Bind(2, term.Value)) is { } known)
        {
            return known;
        }

        _insertTerm.Bind(1, (long)term.Kind).Bind(2, term.Value).Bind(3, term.Tail).Execute();
        return database.LastInsertRowId;
    }

    public long InsertRecord(long audience, long ticks, long ledger, long index, string? transfer, ReadOnlySpan<byte> body)
    {
        _insertRecord.Bind(1, audience).Bind(2, ticks).Bind(3, ledger).Bind(4, index).Bind(5, transfer).Bind(6, body).Execute();
        return database.LastInsertRowId;
    }

    public void InsertPosting(in Posting posting) =>
        _insertPosting.Bind(1, posting.Audience).Bind(2, posting.Term).Bind(3, posting.Ticks).Bind(4, posting.Record).Execute();

    public void InsertWords(long record, string words) => _insertWords.Bind(1, record).Bind(2, words).Execute();

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)
            [_begin, _commit, _ledgers, _insertLedger, _moveLedger, _findAudience, _insertAudience, _insertMember, _findTerm, _insertTerm, _insertRecord, _insertPosting, _insertWords])
        {
            statement.Dispose();
        }

        database.Dispose();
    }

    private static long? Find(SqliteStatement statement)
    {
        long? id = statement.Step() ? statement.Int64(0) : null;
        statement.Reset();
        return id;
    }
}
