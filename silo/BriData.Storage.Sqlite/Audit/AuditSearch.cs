using System.Globalization;
using System.Text;
using BriData.Ledger.Audit;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>
/// A query as SQL. Numbers, which come from the index itself, stand in the text; whatever the user wrote is a parameter.
/// </summary>
internal sealed class AuditSearch
{
    public const int CountryParameter = 1;
    public const int OtherCountryParameter = 2;
    public const int TextParameter = 3;
    public const int CursorLedgerParameter = 4;

    private readonly AuditQuery _query;
    private readonly AuditPosition? _behind;
    private readonly List<IReadOnlyList<long>> _conditions;
    private readonly bool _hasText;
    private readonly long _from;
    private readonly long _until;

    /// <param name="query">The query.</param>
    /// <param name="behind">The cursor's position.</param>
    /// <param name="conditions">For each condition, the numbers of the terms of which one must hold.</param>
    /// <param name="hasText">Whether there is a full-text expression.</param>
    public AuditSearch(AuditQuery query, AuditPosition? behind, List<IReadOnlyList<long>> conditions, bool hasText)
    {
        _query = query;
        _behind = behind;
        _conditions = conditions.Count > 0 ? conditions : [[AuditTerm.Any]];
        _hasText = hasText;
        _from = query.From?.UtcTicks ?? 0;
        _until = Math.Min(query.To?.UtcTicks - 1 ?? long.MaxValue, behind?.Ticks ?? long.MaxValue);
    }

    public int ConditionCount => _conditions.Count;

    private string Visible => _query.Country is null
        ? "WITH visible (audience) AS (SELECT audience FROM audience_members WHERE country = ?1)"
        : "WITH visible (audience) AS (SELECT audience FROM audience_members WHERE country = ?1 INTERSECT SELECT audience FROM audience_members WHERE country = ?2)";

    /// <summary>Counts the records of one condition, up to a limit: the rarest leads the search.</summary>
    public string CountSql(int condition, int limit) => Sql(
        $"""
        {Visible}
        SELECT count(*) FROM (
            SELECT 1 FROM visible v CROSS JOIN postings p
            WHERE p.audience = v.audience AND p.term IN ({List(_conditions[condition])}) AND p.at BETWEEN {_from} AND {_until}
            LIMIT {limit})
        """);

    /// <summary>Counts the records with the words, up to a limit.</summary>
    public static string CountTextSql(int limit) => Sql($"SELECT count(*) FROM (SELECT rowid FROM words WHERE words MATCH ?3 LIMIT {limit})");

    /// <summary>
    /// Walks one condition's postings, newest first, per audience and term; each walk ends after a page, and the pages
    /// are merged.
    /// </summary>
    public string ByCondition(int leading) => Sql(
        $"""
        {Visible}, leading (term) AS (VALUES {Rows(_conditions[leading])})
        SELECT r.at, l.name, r.idx, r.body
        FROM records r CROSS JOIN ledgers l
        WHERE l.id = r.ledger AND r.id IN (
            SELECT q.id FROM visible v CROSS JOIN leading t CROSS JOIN records q
            WHERE q.id IN (
                SELECT p.record FROM postings p CROSS JOIN records x CROSS JOIN ledgers y
                WHERE p.audience = v.audience AND p.term = t.term AND p.at BETWEEN {_from} AND {_until}
                    AND x.id = p.record AND y.id = x.ledger
                    {Behind("p.at", "y.name", "x.idx")} {Others(leading, "p.audience", "p.at", "p.record")} {Text("p.record")}
                ORDER BY p.at DESC, y.name DESC, x.idx DESC LIMIT {_query.Limit + 1}))
        ORDER BY r.at DESC, l.name DESC, r.idx DESC LIMIT {_query.Limit + 1}
        """);

    /// <summary>Takes the records with the words, which should be few, and sorts them.</summary>
    public string ByText() => Sql(
        $"""
        {Visible}
        SELECT r.at, l.name, r.idx, r.body
        FROM records r CROSS JOIN ledgers l
        WHERE l.id = r.ledger AND r.audience IN (SELECT audience FROM visible) AND r.at BETWEEN {_from} AND {_until}
            {Behind("r.at", "l.name", "r.idx")} {Others(-1, "r.audience", "r.at", "r.id")} {Text("r.id")}
        ORDER BY r.at DESC, l.name DESC, r.idx DESC LIMIT {_query.Limit + 1}
        """);

    public string VisibleSql() => $"{Visible} SELECT audience FROM visible";

    private static string Sql(FormattableString sql) => sql.ToString(CultureInfo.InvariantCulture);

    private static string List(IEnumerable<long> numbers) => string.Join(", ", numbers.Select(static n => n.ToString(CultureInfo.InvariantCulture)));

    private static string Rows(IEnumerable<long> numbers) => string.Join(", ", numbers.Select(static n => Sql($"({n})")));

    private string Behind(string at, string ledger, string index) =>
        _behind is { } position ? Sql($"AND ({at}, {ledger}, {index}) < ({position.Ticks}, ?4, {position.Index})") : "";

    private string Text(string record) => _hasText ? Sql($"AND {record} IN (SELECT rowid FROM words WHERE words MATCH ?3)") : "";

    private string Others(int leading, string audience, string at, string record)
    {
        var sql = new StringBuilder();
        for (var i = 0; i < _conditions.Count; i++)
        {
            if (i != leading)
            {
                sql.Append(CultureInfo.InvariantCulture, $" AND EXISTS (SELECT 1 FROM postings o WHERE o.audience = {audience} AND o.term IN ({List(_conditions[i])}) AND o.at = {at} AND o.record = {record})");
            }
        }

        return sql.ToString();
    }
}
