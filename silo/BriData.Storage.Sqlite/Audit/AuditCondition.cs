using System.Text;
using BriData.Ledger.Audit;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>Something a record must have: a term, or one of the terms that begin with it.</summary>
internal readonly record struct AuditCondition(TermKind Kind, byte[] Value, bool IsPrefix)
{
    /// <summary>Above every byte of UTF-8: a value with it behind is the end of what begins with the value.</summary>
    private const byte Beyond = 0xFF;

    public byte[] End => [.. Value, Beyond];

    /// <summary>What a query asks of the terms of a record. Transfer, parties and time are not among them.</summary>
    public static List<AuditCondition> Of(AuditQuery query)
    {
        var conditions = new List<AuditCondition>();
        AddIfSet(conditions, TermKind.Officer, query.Officer);
        AddIfSet(conditions, TermKind.DataSet, query.DataSet);
        AddIfSet(conditions, TermKind.Obligation, query.Obligation);
        AddIfSet(conditions, TermKind.Agreement, query.Agreement);
        AddIfSet(conditions, TermKind.Rule, query.Rule);
        AddIfSet(conditions, TermKind.Agency, query.Agency);
        AddIfSet(conditions, TermKind.Kind, query.Kind);
        AddIfSet(conditions, TermKind.Outcome, query.Outcome);
        foreach (var phrase in query.Text is null ? [] : AuditText.Phrases(query.Text))
        {
            for (var i = 1; i < phrase.Count; i++)
            {
                conditions.Add(new AuditCondition(AuditTerm.Pair(phrase[i - 1], phrase[i]), isPrefix: i == phrase.Count - 1));
            }

            if (phrase.Count == 1)
            {
                conditions.Add(new AuditCondition(AuditTerm.Word(phrase[0]), isPrefix: true));
            }
        }

        // Reading all that begins with something costs more than reading one term: it waits until the others have hits.
        return [.. conditions.OrderBy(static c => c.IsPrefix)];
    }

    private AuditCondition(AuditTerm term, bool isPrefix)
        : this(term.Kind, Encoding.UTF8.GetBytes(term.Value), isPrefix)
    {
    }

    private static void AddIfSet(List<AuditCondition> conditions, TermKind kind, string? value)
    {
        if (value is not null)
        {
            conditions.Add(new AuditCondition(new AuditTerm(kind, value), isPrefix: false));
        }
    }
}
