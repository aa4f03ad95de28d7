namespace BriData.Storage.Sqlite.Audit;

/// <summary>Tables of an audit index file.</summary>
/// <remarks>
/// An audience is the set of countries that are a party to an entry; a stream is what one ledger holds for one audience, and
/// is filled sheet by sheet, at most <see cref="RecordSet.Capacity"/> records each. Per sheet and term there is one set of
/// places on the sheet, so that conditions are combined as bits, and what asks for many common terms that never meet reads a
/// few hundred sets instead of a million postings. A search reads only the streams that the searcher may see: neither its
/// result nor its duration depends on entries of others (I10).
/// </remarks>
internal static class AuditSchema
{
    /// <summary>A file of an earlier version is thrown away and built again.</summary>
    public const int Version = 2;

    /// <remarks>
    /// A record's number is its sheet's, times the capacity, plus its place. <c>peak_at</c>: latest time on this sheet and all
    /// earlier ones of the stream, so that going back sheet by sheet it bounds what may still come. <c>ordered</c>: times on
    /// the sheet never go back, as they do after a clock was set. <c>indexed</c>: places from here on are not in the postings
    /// yet; a search reads those records themselves.
    /// </remarks>
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

        CREATE TABLE streams (
            id INTEGER PRIMARY KEY,
            audience INTEGER NOT NULL,
            ledger INTEGER NOT NULL,
            UNIQUE (audience, ledger));

        CREATE TABLE sheets (
            id INTEGER PRIMARY KEY,
            stream INTEGER NOT NULL,
            count INTEGER NOT NULL,
            indexed INTEGER NOT NULL,
            min_at INTEGER NOT NULL,
            max_at INTEGER NOT NULL,
            peak_at INTEGER NOT NULL,
            ordered INTEGER NOT NULL);

        CREATE INDEX sheets_by_stream ON sheets (stream);

        CREATE TABLE records (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            idx INTEGER NOT NULL,
            body BLOB NOT NULL);

        CREATE TABLE postings (
            sheet INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            value BLOB NOT NULL,
            places BLOB NOT NULL,
            PRIMARY KEY (sheet, kind, value)) WITHOUT ROWID;

        CREATE TABLE transfers (
            transfer TEXT NOT NULL,
            audience INTEGER NOT NULL,
            record INTEGER NOT NULL,
            PRIMARY KEY (transfer, audience, record)) WITHOUT ROWID;
        """;
}
