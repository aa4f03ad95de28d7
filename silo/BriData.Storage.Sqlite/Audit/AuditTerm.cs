using BriData.Ledger.Audit;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>Something by which records are found.</summary>
internal readonly record struct AuditTerm(TermKind Kind, string Value)
{
    /// <summary>Longer words are cut: what is found by one is compared with the whole text afterwards.</summary>
    private const int MaxWord = 64;

    /// <summary>Replaces the content of <paramref name="terms"/> by the terms of a record; some may be there twice.</summary>
    public static void Collect(AuditRecord record, List<AuditTerm> terms)
    {
        terms.Clear();
        foreach (var agency in record.Agencies)
        {
            terms.Add(new AuditTerm(TermKind.Agency, agency));
        }

        foreach (var rule in record.Rules)
        {
            terms.Add(new AuditTerm(TermKind.Rule, rule));
            terms.Add(new AuditTerm(TermKind.Rule, AuditRecord.RuleAlone(rule)));
        }

        foreach (var obligation in record.Obligations)
        {
            terms.Add(new AuditTerm(TermKind.Obligation, obligation));
        }

        AddIfSet(terms, TermKind.Agreement, record.Agreement);
        AddIfSet(terms, TermKind.DataSet, record.DataSet);
        AddIfSet(terms, TermKind.Outcome, record.Outcome);
        AddIfSet(terms, TermKind.Officer, record.Officer);
        AddIfSet(terms, TermKind.Kind, record.Kind);
        var words = AuditText.Words(record.Text);
        for (var i = 0; i < words.Count; i++)
        {
            terms.Add(Word(words[i].Text));
            if (words[i].IsWithPrevious)
            {
                terms.Add(Pair(words[i - 1].Text, words[i].Text));
            }
        }
    }

    public static AuditTerm Word(string word) => new(TermKind.Word, Cut(word));

    // A space is in no word, so a pair is not another pair's beginning but by its second word.
    public static AuditTerm Pair(string first, string second) => new(TermKind.WordPair, $"{Cut(first)} {Cut(second)}");

    private static string Cut(string word) => word.Length > MaxWord ? word[..MaxWord] : word;

    private static void AddIfSet(List<AuditTerm> terms, TermKind kind, string? value)
    {
        if (value is not null)
        {
            terms.Add(new AuditTerm(kind, value));
        }
    }
}
