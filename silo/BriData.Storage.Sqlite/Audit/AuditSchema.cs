namespace BriData.Storage.Sqlite.Audit;

/// <summary>Tables of <c>audit.db</c>.</summary>
/// <remarks>
/// An audience is the set of countries that are a party to an entry. Every posting and every word is stored under its
/// record's audience, so a search reads only what the searcher may see: neither its result nor its duration depends on
/// entries of others (I10).
/// </remarks>
internal static class AuditSchema
{
    public const int Version = 1;

    public const string Sql =
        """
        CREATE TABLE ledgers (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            size INTEGER NOT NULL);

        CREATE TABLE audiences (
            id INTEGER PRIMARY KEY,
            countries TEXT NOT NULL UNIQUE);

        CREATE TABLE audience_members (
            country TEXT NOT NULL,
            audience INTEGER NOT NULL,
            PRIMARY KEY (country, audience)) WITHOUT ROWID;

        CREATE TABLE terms (
            id INTEGER PRIMARY KEY,
            kind INTEGER NOT NULL,
            value TEXT NOT NULL,
            tail TEXT,
            UNIQUE (kind, value));

        CREATE INDEX terms_by_tail ON terms (kind, tail) WHERE tail IS NOT NULL;

        CREATE TABLE records (
            id INTEGER PRIMARY KEY,
            audience INTEGER NOT NULL,
            at INTEGER NOT NULL,
            ledger INTEGER NOT NULL,
            idx INTEGER NOT NULL,
            transfer TEXT,
            body BLOB NOT NULL);

        CREATE INDEX records_by_transfer ON records (transfer) WHERE transfer IS NOT NULL;

        CREATE TABLE postings (
            audience INTEGER NOT NULL,
            term INTEGER NOT NULL,
            at INTEGER NOT NULL,
            record INTEGER NOT NULL,
            PRIMARY KEY (audience, term, at, record)) WITHOUT ROWID;

        CREATE VIRTUAL TABLE words USING fts5 (text, content = '', columnsize = 0, tokenize = 'ascii');

        -- Fewer, larger merges: writing is cheaper, and a search reads a few more segments.
        INSERT INTO words (words, rank) VALUES ('automerge', 8);
        """;

    public const string Clear =
        """
        DELETE FROM ledgers;
        DELETE FROM audiences;
        DELETE FROM audience_members;
        DELETE FROM terms;
        DELETE FROM records;
        DELETE FROM postings;
        INSERT INTO words (words) VALUES ('delete-all');
        """;
}
