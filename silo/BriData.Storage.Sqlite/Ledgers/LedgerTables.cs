using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Database;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>The writer's statements over <c>ledger.db</c>, each prepared once. Belongs to the writer thread.</summary>
internal sealed class LedgerTables(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _begin = database.Prepare("BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = database.Prepare("COMMIT");
    private readonly SqliteStatement _raiseFence = database.Prepare("UPDATE fence SET raised = raised + 1");
    private readonly SqliteStatement _find = database.Prepare("SELECT l.id, h.size, h.root FROM ledgers l JOIN heads h ON h.ledger = l.id WHERE l.name = ?");
    private readonly SqliteStatement _insertLedger = database.Prepare("INSERT INTO ledgers (name) VALUES (?)");
    private readonly SqliteStatement _insertHead = database.Prepare("INSERT INTO heads (ledger, size, root, seal) VALUES (?, ?, ?, ?)");
    private readonly SqliteStatement _moveHead = database.Prepare("UPDATE heads SET size = ?, root = ?, seal = ? WHERE ledger = ? AND size = ?");
    private readonly SqliteStatement _insertEntry = database.Prepare("INSERT INTO entries (ledger, idx, leaf, key, body, seal) VALUES (?, ?, ?, ?, ?, ?)");
    private readonly SqliteStatement _insertSidecar = database.Prepare("INSERT INTO sidecars (ledger, idx, value, seal) VALUES (?, ?, ?, ?)");
    private readonly SqliteStatement _writeTile = database.Prepare("INSERT INTO tiles (ledger, level, idx, hashes) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET hashes = excluded.hashes");
    private readonly SqliteStatement _insertDocument = database.Prepare("INSERT INTO documents (digest, body) VALUES (?, ?) ON CONFLICT DO NOTHING");

    /// <summary>The writing connection.</summary>
    public SqliteDatabase Database => database;

    public void Begin() => _begin.Execute();

    public void Commit() => _commit.Execute();

    public void Rollback() => database.Rollback();

    /// <inheritdoc cref="SqliteDatabase.AfterCommit"/>
    public void AfterCommit() => database.AfterCommit();

    /// <summary>A change of no meaning, to have something to commit.</summary>
    public void RaiseFence() => _raiseFence.Execute();

    public LedgerRow? Find(LedgerId ledger)
    {
        if (!_find.Bind(1, ledger.Value).Step())
        {
            return null;
        }

        var row = new LedgerRow(_find.Int64(0), _find.Int64(1), Hash256.FromBytes(_find.Blob(2)));
        _find.Reset();
        return row;
    }

    public long CreateLedger(LedgerId ledger, in Hash256 emptyRoot)
    {
        _insertLedger.Bind(1, ledger.Value).Execute();
        var id = database.LastInsertRowId;
        _insertHead.Bind(1, id).Bind(2, 0).Bind(3, emptyRoot).Bind(4, Seal.OfHead(id, ledger, 0, emptyRoot)).Execute();
        return id;
    }

    /// <summary>Moves the head if the stored size is the expected one; false otherwise.</summary>
    public bool TryMoveHead(LedgerId ledger, in LedgerRow head, long expectedSize)
    {
        var seal = Seal.OfHead(head.Id, ledger, head.Size, head.Root);
        _moveHead.Bind(1, head.Size).Bind(2, head.Root).Bind(3, seal).Bind(4, head.Id).Bind(5, expectedSize).Execute();
        return database.Changes == 1;
    }

    public void InsertEntry(long ledger, long index, in Hash256 leaf, in LedgerEntryDraft entry)
    {
        _insertEntry.Bind(1, ledger).Bind(2, index).Bind(3, leaf).Bind(5, entry.Body.Span).Bind(6, Seal.OfEntry(ledger, index, leaf, entry.Key.Span));
        _ = entry.Key.IsEmpty ? _insertEntry.BindNull(4) : _insertEntry.Bind(4, entry.Key.Span);
        _insertEntry.Execute();
        if (!entry.Sidecar.IsEmpty)
        {
            var seal = Seal.OfSidecar(ledger, index, entry.Sidecar.Span);
            _insertSidecar.Bind(1, ledger).Bind(2, index).Bind(3, entry.Sidecar.Span).Bind(4, seal).Execute();
        }
    }

    public void WriteTile(long ledger, in TileWrite tile) =>
        _writeTile.Bind(1, ledger).Bind(2, tile.Level).Bind(3, tile.Index).Bind(4, tile.Hashes.Span).Execute();

    public void InsertDocument(in Hash256 digest, ReadOnlySpan<byte> body) =>
        _insertDocument.Bind(1, digest).Bind(2, body).Execute();

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)
            [_begin, _commit, _raiseFence, _find, _insertLedger, _insertHead, _moveHead, _insertEntry, _insertSidecar, _writeTile, _insertDocument])
        {
            statement.Dispose();
        }

        database.Dispose();
    }
}
