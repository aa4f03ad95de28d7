using BriData.Ledger.Audit;
using BriData.Storage.Sqlite.Database;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>A reading connection to <c>audit.db</c>.</summary>
internal sealed class AuditReader(SqliteDatabase database) : IDisposable
{
    /// <summary>Up to here matches of the words are sorted; beyond, another condition leads and the words are looked up.</summary>
    private const int FewRecords = 2000;

    private readonly SqliteStatement _terms = database.Prepare("SELECT id FROM terms WHERE kind = ?1 AND value = ?2 UNION SELECT id FROM terms WHERE kind = ?1 AND tail = ?2");
    private readonly SqliteStatement _trail = database.Prepare(
        """
        SELECT r.at, l.name, r.idx, r.body FROM records r JOIN ledgers l ON l.id = r.ledger
        WHERE r.transfer = ? ORDER BY r.at, l.name, r.idx
        """);

    /// <summary>Up to one record more than the page holds, newest first.</summary>
    public List<AuditRecord> Search(AuditQuery query, AuditPosition? behind)
    {
        // One snapshot for all statements: what the first found is still there for the last.
        database.Execute("BEGIN");
        try
        {
            return SearchSnapshot(query, behind);
        }
        finally
        {
            database.Rollback();
        }
    }

    public List<AuditRecord> Trail(string transfer) => Records(_trail.Bind(1, transfer));

    public void Dispose()
    {
        _terms.Dispose();
        _trail.Dispose();
        database.Dispose();
    }

    private static List<AuditRecord> Records(SqliteStatement statement)
    {
        var records = new List<AuditRecord>();
        try
        {
            while (statement.Step())
            {
                var position = new AuditPosition(statement.Int64(0), LedgerId.Parse(statement.Text(1)), statement.Int64(2));
                records.Add(AuditBody.Read(statement.Blob(3), position));
            }
        }
        finally
        {
            statement.Reset();
        }

        return records;
    }

    private List<AuditRecord> SearchSnapshot(AuditQuery query, AuditPosition? behind)
    {
        // A value that occurs nowhere is looked for all the same: a quick "no" would tell that nobody else has it either.
        var conditions = AuditTerm.Of(query).Select(TermsOf).ToList();
        var audiences = Audiences(new AuditSearch(query, behind, conditions, hasText: false), query);
        if (audiences.Count == 0)
        {
            return [];
        }

        var words = query.Text is null ? null : AuditWords.Expression(query.Text, audiences);
        var search = new AuditSearch(query, behind, conditions, words is not null);
        using var statement = database.Prepare(Plan(search, query, words));
        Bind(statement, query, words);
        if (behind is { } position)
        {
            statement.Bind(AuditSearch.CursorLedgerParameter, position.Ledger.Value);
        }

        return Records(statement);
    }

    private string Plan(AuditSearch search, AuditQuery query, string? words)
    {
        if (words is not null && Count(AuditSearch.CountTextSql(FewRecords), query, words) < FewRecords)
        {
            return search.ByText();
        }

        var leading = search.ConditionCount == 1
            ? 0
            : Enumerable.Range(0, search.ConditionCount).MinBy(i => Count(search.CountSql(i, FewRecords), query, words: null));
        return search.ByCondition(leading);
    }

    private IReadOnlyList<long> TermsOf(AuditTerm term)
    {
        var ids = new List<long>();
        _terms.Bind(1, (long)term.Kind).Bind(2, term.Value);
        while (_terms.Step())
        {
            ids.Add(_terms.Int64(0));
        }

        return ids.Count > 0 ? ids : [-1];
    }

    private List<long> Audiences(AuditSearch search, AuditQuery query)
    {
        var audiences = new List<long>();
        using var statement = database.Prepare(search.VisibleSql());
        Bind(statement, query, words: null);
        while (statement.Step())
        {
            audiences.Add(statement.Int64(0));
        }

        return audiences;
    }

    private long Count(string sql, AuditQuery query, string? words)
    {
        using var statement = database.Prepare(sql);
        if (words is null)
        {
            Bind(statement, query, words: null);
        }
        else
        {
            statement.Bind(AuditSearch.TextParameter, words);
        }

        return statement.Step() ? statement.Int64(0) : 0;
    }

    private static void Bind(SqliteStatement statement, AuditQuery query, string? words)
    {
        statement.Bind(AuditSearch.CountryParameter, query.VisibleTo);
        if (query.Country is not null)
        {
            statement.Bind(AuditSearch.OtherCountryParameter, query.Country);
        }

        if (words is not null)
        {
            statement.Bind(AuditSearch.TextParameter, words);
        }
    }
}
