using System.Globalization;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Database;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>
/// Walks tables in the order in which their rows lie in the file, and holds each row against its seal and against the index
/// by which it is found. Verifying a ledger goes the other way, from the index to the row.
/// </summary>
internal sealed class LedgerRowCheck(SqliteDatabase database) : IDisposable
{
    /// <summary>Rows of one call, so that it holds neither its snapshot nor its thread for long.</summary>
    public const int PageRows = 256;

    private readonly SqliteStatement _entries = database.Prepare(Walk("entries", "ledger, idx, leaf, key, seal"));
    private readonly SqliteStatement _sidecars = database.Prepare(Walk("sidecars", "ledger, idx, value, seal"));
    private readonly SqliteStatement _tiles = database.Prepare(Walk("tiles", "ledger, level, idx"));
    private readonly SqliteStatement _documents = database.Prepare(Walk("documents", "digest, body"));
    private readonly SqliteStatement _entryByIndex = database.Prepare("SELECT rowid FROM entries WHERE ledger = ? AND idx = ?");
    private readonly SqliteStatement _entryByKey = database.Prepare("SELECT rowid FROM entries WHERE ledger = ? AND key = ?");
    private readonly SqliteStatement _sidecarByIndex = database.Prepare("SELECT rowid FROM sidecars WHERE ledger = ? AND idx = ?");
    private readonly SqliteStatement _tileByIndex = database.Prepare("SELECT rowid FROM tiles WHERE ledger = ? AND level = ? AND idx = ?");
    private readonly SqliteStatement _documentByDigest = database.Prepare("SELECT rowid FROM documents WHERE digest = ?");
    private readonly SqliteStatement _ids = database.Prepare("SELECT id FROM ledgers");
    private readonly SqliteStatement _name = database.Prepare("SELECT name FROM ledgers WHERE id = ?");

    public RowPage Entries(long after) => Read(_entries, after, Entry);

    public RowPage Sidecars(long after) => Read(_sidecars, after, Sidecar);

    public RowPage Tiles(long after) => Read(_tiles, after, Tile);

    public RowPage Documents(long after) => Read(_documents, after, Document);

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)
            [_entries, _sidecars, _tiles, _documents, _entryByIndex, _entryByKey, _sidecarByIndex, _tileByIndex, _documentByDigest, _ids, _name])
        {
            statement.Dispose();
        }
    }

    private static string Walk(string table, string columns) =>
        string.Create(CultureInfo.InvariantCulture, $"SELECT rowid, {columns} FROM {table} NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT {PageRows}");

    private RowPage Read(SqliteStatement walk, long after, Func<SqliteStatement, long, (long Ledger, string What)?> check)
    {
        var (last, rows, damages) = (after, 0, new List<LedgerDamage>());
        walk.Bind(1, after);
        try
        {
            for (; walk.Step(); rows++)
            {
                last = walk.Int64(0);
                if (check(walk, last) is { } damage)
                {
                    damages.Add(new LedgerDamage(NameOf(damage.Ledger), damage.What));
                }
            }
        }
        finally
        {
            walk.Reset();
        }

        return new RowPage(last, rows, damages);
    }

    private (long, string)? Entry(SqliteStatement row, long rowId)
    {
        var (ledger, index) = (row.Int64(1), row.Int64(2));
        var leaf = row.Blob(3);
        var key = row.Blob(4);
        var sealedAs = leaf.Length == Hash256.ByteCount && Seal.OfEntry(ledger, index, Hash256.FromBytes(leaf), key) == row.Int64(5);
        return !sealedAs ? (Rightful(ledger, index, leaf, key, row.Int64(5)), Text($"Place, leaf hash or key of entry {index} are not those it was written with."))
            : !Leads(_entryByIndex.Bind(1, ledger).Bind(2, index), rowId) ? (ledger, Text($"Entry {index} is not found by its index."))
            : !key.IsEmpty && !Leads(_entryByKey.Bind(1, ledger).Bind(2, key), rowId) ? (ledger, Text($"Entry {index} is not found by its key."))
            : null;
    }

    // A row whose ledger was changed is missing where it belongs; the ledger that it points to now has lost nothing.
    private long Rightful(long ledger, long index, ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> key, long seal)
    {
        var rightful = ledger;
        while (leaf.Length == Hash256.ByteCount && _ids.Step())
        {
            rightful = Seal.OfEntry(_ids.Int64(0), index, Hash256.FromBytes(leaf), key) == seal ? _ids.Int64(0) : rightful;
        }

        return rightful;
    }

    private (long, string)? Sidecar(SqliteStatement row, long rowId)
    {
        var (ledger, index) = (row.Int64(1), row.Int64(2));
        return Seal.OfSidecar(ledger, index, row.Blob(3)) == row.Int64(4) && Leads(_sidecarByIndex.Bind(1, ledger).Bind(2, index), rowId)
            ? null
            : (ledger, Text($"The private values of entry {index} are not those it was written with."));
    }

    // What a tile holds is held against the entries when the ledger is verified.
    private (long, string)? Tile(SqliteStatement row, long rowId)
    {
        var (ledger, level, index) = (row.Int64(1), row.Int64(2), row.Int64(3));
        return Leads(_tileByIndex.Bind(1, ledger).Bind(2, level).Bind(3, index), rowId) ? null : (ledger, Text($"Tile {level}/{index} is not found by its index."));
    }

    private (long, string)? Document(SqliteStatement row, long rowId)
    {
        var digest = row.Blob(1);
        return digest.Length == Hash256.ByteCount && Hash256.OfSha256(row.Blob(2)) == Hash256.FromBytes(digest) && Leads(_documentByDigest.Bind(1, digest), rowId)
            ? null
            : (0, Text($"The document {Convert.ToHexStringLower(digest)} does not hash to its name, or is not found by it."));
    }

    private static bool Leads(SqliteStatement find, long rowId)
    {
        try
        {
            return find.Step() && find.Int64(0) == rowId;
        }
        finally
        {
            find.Reset();
        }
    }

    private LedgerId NameOf(long ledger)
    {
        try
        {
            return _name.Bind(1, ledger).Step() && LedgerId.TryParse(_name.Text(0), out var name) ? name : default;
        }
        finally
        {
            _name.Reset();
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
