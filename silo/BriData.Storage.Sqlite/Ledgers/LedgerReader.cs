using System.Globalization;
using BriData.Ledger.Merkle;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Database;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>A reading connection to <c>ledger.db</c> with its statements. Every call sees one committed state.</summary>
internal sealed class LedgerReader(SqliteDatabase database) : IDisposable
{
    /// <summary>A page ends at either limit, so that a read neither holds its snapshot nor its thread for long.</summary>
    private const int PageEntries = 256;
    private const long PageBytes = 1 << 20;

    /// <summary>Names of one page of the list.</summary>
    public const int ListPage = 256;

    private readonly SqliteStatement _find = database.Prepare("SELECT l.id, h.size, h.root FROM ledgers l JOIN heads h ON h.ledger = l.id WHERE l.name = ?");
    private readonly SqliteStatement _entries = database.Prepare(
        """
        SELECT e.idx, e.leaf, e.body, s.value, e.key, e.seal, s.seal
        FROM entries e LEFT JOIN sidecars s ON s.ledger = e.ledger AND s.idx = e.idx
        WHERE e.ledger = ?1 AND e.idx >= ?2 AND e.idx < ?3 ORDER BY e.idx LIMIT ?4
        """);
    private readonly SqliteStatement _leaves = database.Prepare("SELECT leaf FROM entries WHERE ledger = ? AND idx >= ? AND idx < ? ORDER BY idx");
    private readonly SqliteStatement _tile = database.Prepare("SELECT hashes FROM tiles WHERE ledger = ? AND level = ? AND idx = ?");
    private readonly SqliteStatement _key = database.Prepare("SELECT idx FROM entries WHERE ledger = ? AND key = ?");
    private readonly SqliteStatement _list = database.Prepare(string.Create(
        CultureInfo.InvariantCulture, $"SELECT l.name FROM ledgers l JOIN heads h ON h.ledger = l.id WHERE l.name > ? ORDER BY l.name LIMIT {ListPage}"));
    private readonly Lazy<LedgerRowCheck> _rows = new(() => new LedgerRowCheck(database));
    private readonly SqliteStatement _document = database.Prepare("SELECT body FROM documents WHERE digest = ?");

    /// <summary>Rows as they lie in the file, whatever ledger they belong to.</summary>
    public LedgerRowCheck Rows => _rows.Value;

    /// <summary>What is wrong with the structure of a table and its indexes, or null; reads all of it.</summary>
    public string? QuickCheck(string table, CancellationToken cancellationToken) =>
        database.QuickCheck(table, () => cancellationToken.IsCancellationRequested);

    public LedgerRow? Find(LedgerId ledger)
    {
        try
        {
            return _find.Bind(1, ledger.Value).Step()
                ? new LedgerRow(_find.Int64(0), _find.Int64(1), Hash256.FromBytes(_find.Blob(2)))
                : null;
        }
        finally
        {
            _find.Reset();
        }
    }

    /// <summary>Reads a page of entries, each verified; at least one.</summary>
    /// <exception cref="LedgerStoreException">Corrupt: an entry is missing, or is not what its leaf hash and its seal say.</exception>
    public List<StoredEntry> ReadEntries(LedgerId ledger, long id, long from, long to)
    {
        var page = new List<StoredEntry>((int)Math.Min(to - from, PageEntries));
        var bytes = 0L;
        _entries.Bind(1, id).Bind(2, from).Bind(3, to).Bind(4, PageEntries);
        try
        {
            while (bytes < PageBytes && _entries.Step())
            {
                var entry = Verified(ledger, id, from + page.Count);
                page.Add(entry);
                bytes += entry.Body.Length + entry.Sidecar.Length;
            }
        }
        finally
        {
            _entries.Reset();
        }

        return page.Count > 0 ? page : throw Damaged(ledger, from, "is missing");
    }

    /// <exception cref="LedgerStoreException">Corrupt: what is stored as a leaf hash is none.</exception>
    public byte[] ReadLeaves(LedgerId ledger, long id, long from, int count)
    {
        var hashes = new byte[count * Hash256.ByteCount];
        var filled = 0;
        _leaves.Bind(1, id).Bind(2, from).Bind(3, from + count);
        while (_leaves.Step())
        {
            var leaf = _leaves.Blob(0);
            if (leaf.Length != Hash256.ByteCount)
            {
                throw Damaged(ledger, from + (filled / Hash256.ByteCount), "has no leaf hash");
            }

            leaf.CopyTo(hashes.AsSpan(filled));
            filled += Hash256.ByteCount;
        }

        return filled == hashes.Length ? hashes : hashes[..filled];
    }

    public byte[] ReadTile(long id, int level, long index)
    {
        try
        {
            return _tile.Bind(1, id).Bind(2, level).Bind(3, index).Step() ? _tile.Blob(0).ToArray() : [];
        }
        finally
        {
            _tile.Reset();
        }
    }

    public long? FindByKey(long id, ReadOnlySpan<byte> key)
    {
        try
        {
            return _key.Bind(1, id).Bind(2, key).Step() ? _key.Int64(0) : null;
        }
        finally
        {
            _key.Reset();
        }
    }

    /// <summary>The next names behind a name, in order and as they are stored; fewer than <see cref="ListPage"/> at the end.</summary>
    public List<string> List(string after)
    {
        var names = new List<string>();
        _list.Bind(1, after);
        while (_list.Step())
        {
            names.Add(_list.Text(0));
        }

        return names;
    }

    public byte[]? ReadDocument(in Hash256 digest)
    {
        try
        {
            return _document.Bind(1, digest).Step() ? _document.Blob(0).ToArray() : null;
        }
        finally
        {
            _document.Reset();
        }
    }

    public void Dispose()
    {
        if (_rows.IsValueCreated)
        {
            _rows.Value.Dispose();
        }

        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[_find, _entries, _leaves, _tile, _key, _list, _document])
        {
            statement.Dispose();
        }

        database.Dispose();
    }

    private StoredEntry Verified(LedgerId ledger, long id, long expectedIndex)
    {
        var index = _entries.Int64(0);
        if (index != expectedIndex)
        {
            throw Damaged(ledger, expectedIndex, "is missing");
        }

        var leaf = _entries.Blob(1);
        var body = _entries.Blob(2).ToArray();
        var computed = MerkleHash.Leaf(body);
        if (leaf.Length != Hash256.ByteCount || Hash256.FromBytes(leaf) != computed)
        {
            throw Damaged(ledger, index, "does not hash to its leaf");
        }

        if (Seal.OfEntry(id, index, computed, _entries.Blob(4)) != _entries.Int64(5))
        {
            throw Damaged(ledger, index, "does not have the key it was written with");
        }

        if (_entries.IsNull(3))
        {
            return new StoredEntry(index, body, computed, default);
        }

        var sidecar = _entries.Blob(3).ToArray();
        return Seal.OfSidecar(id, index, sidecar) == _entries.Int64(6)
            ? new StoredEntry(index, body, computed, sidecar)
            : throw Damaged(ledger, index, "does not have the private values it was written with");
    }

    private static LedgerStoreException Damaged(LedgerId ledger, long index, string what) =>
        new(ledger, LedgerStoreFailure.Corrupt, string.Create(CultureInfo.InvariantCulture, $"Entry {index} of {ledger} {what}."));
}
