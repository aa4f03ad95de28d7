namespace BriData.Storage.Sqlite.Audit;

/// <summary>What a term is about. Stored: numbers are never reused.</summary>
internal enum TermKind
{
    Agency = 1,
    Agreement = 2,
    DataSet = 3,
    Outcome = 4,
    Rule = 5,
    Obligation = 6,
    Officer = 7,
}
