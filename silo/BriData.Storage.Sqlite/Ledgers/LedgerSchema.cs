using BriData.Storage.Sqlite.Database;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>Tables of <c>ledger.db</c>. A change needs a new version and a step that brings old files up to it.</summary>
internal static class LedgerSchema
{
    public const int Version = 2;

    public const string Sql = Version1 + Seals;

    // Tables with large rows keep the implicit rowid: rows are appended at the end of one tree, whatever their ledger,
    // so a group commit of many ledgers writes few pages. Small columns come first, so that reading them does not touch
    // the overflow pages of a body.
    internal const string Version1 =
        """
        CREATE TABLE ledgers (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE);

        CREATE TABLE heads (
            ledger INTEGER PRIMARY KEY REFERENCES ledgers (id),
            size INTEGER NOT NULL,
            root BLOB NOT NULL CHECK (length(root) = 32));

        CREATE TABLE entries (
            ledger INTEGER NOT NULL REFERENCES ledgers (id),
            idx INTEGER NOT NULL,
            leaf BLOB NOT NULL CHECK (length(leaf) = 32),
            key BLOB CHECK (length(key) = 32),
            body BLOB NOT NULL,
            PRIMARY KEY (ledger, idx));

        CREATE UNIQUE INDEX entries_by_key ON entries (ledger, key) WHERE key IS NOT NULL;

        CREATE TABLE sidecars (
            ledger INTEGER NOT NULL,
            idx INTEGER NOT NULL,
            value BLOB NOT NULL,
            PRIMARY KEY (ledger, idx),
            FOREIGN KEY (ledger, idx) REFERENCES entries (ledger, idx));

        CREATE TABLE tiles (
            ledger INTEGER NOT NULL REFERENCES ledgers (id),
            level INTEGER NOT NULL CHECK (level >= 1),
            idx INTEGER NOT NULL,
            hashes BLOB NOT NULL,
            PRIMARY KEY (ledger, level, idx));

        CREATE TABLE documents (
            digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
            body BLOB NOT NULL);

        CREATE TABLE fence (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            raised INTEGER NOT NULL);

        INSERT INTO fence VALUES (1, 0);

        """;

    // Added to the tables as version 1 left them, so that new and upgraded files are alike to the letter.
    private const string Seals =
        """
        ALTER TABLE heads ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE entries ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sidecars ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
        """;

    private const string SealAll =
        """
        UPDATE heads SET seal = bridata_seal(ledger, size, (SELECT CAST(name AS BLOB) FROM ledgers WHERE id = ledger), root);
        UPDATE entries SET seal = bridata_seal(ledger, idx, leaf, key);
        UPDATE sidecars SET seal = bridata_seal(ledger, idx, value, NULL);
        """;

    /// <summary>From version 1, which had no seals: what is there now is sealed as it is.</summary>
    public static void Upgrade(SqliteDatabase database, long version)
    {
        database.AddFunction("bridata_seal", static (a, b, x, y) => Seal.Of(a, b, x, y));
        database.Execute(Seals);
        database.Execute(SealAll);
    }
}
