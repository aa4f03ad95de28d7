using BriData.Ledger.Audit;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>A value by which records are found exactly.</summary>
internal readonly record struct AuditTerm(TermKind Kind, string Value)
{
    /// <summary>The term number that stands for every record.</summary>
    public const long Any = 0;

    /// <summary>For a rule <c>source:rule</c>, the rule alone; null for other terms.</summary>
    public string? Tail => Kind == TermKind.Rule ? Value[(Value.IndexOf(':', StringComparison.Ordinal) + 1)..] : null;

    /// <summary>Replaces the content of <paramref name="terms"/> by the terms of a record.</summary>
    public static void Collect(AuditRecord record, HashSet<AuditTerm> terms)
    {
        terms.Clear();
        foreach (var agency in record.Agencies)
        {
            terms.Add(new AuditTerm(TermKind.Agency, agency));
        }

        foreach (var rule in record.Rules)
        {
            terms.Add(new AuditTerm(TermKind.Rule, rule));
        }

        foreach (var obligation in record.Obligations)
        {
            terms.Add(new AuditTerm(TermKind.Obligation, obligation));
        }

        AddIfSet(terms, TermKind.Agreement, record.Agreement);
        AddIfSet(terms, TermKind.DataSet, record.DataSet);
        AddIfSet(terms, TermKind.Outcome, record.Outcome);
        AddIfSet(terms, TermKind.Officer, record.Officer);
    }

    /// <summary>The terms that a query asks for; all must hold.</summary>
    public static HashSet<AuditTerm> Of(AuditQuery query)
    {
        var terms = new HashSet<AuditTerm>();
        AddIfSet(terms, TermKind.Agency, query.Agency);
        AddIfSet(terms, TermKind.Agreement, query.Agreement);
        AddIfSet(terms, TermKind.DataSet, query.DataSet);
        AddIfSet(terms, TermKind.Outcome, query.Outcome);
        AddIfSet(terms, TermKind.Rule, query.Rule);
        AddIfSet(terms, TermKind.Obligation, query.Obligation);
        AddIfSet(terms, TermKind.Officer, query.Officer);
        return terms;
    }

    private static void AddIfSet(HashSet<AuditTerm> terms, TermKind kind, string? value)
    {
        if (value is not null)
        {
            terms.Add(new AuditTerm(kind, value));
        }
    }
}
