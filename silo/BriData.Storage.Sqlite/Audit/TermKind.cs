namespace BriData.Storage.Sqlite.Audit;

/// <summary>What a term is about. Stored: numbers are never reused.</summary>
internal enum TermKind
{
    Agency = 1,
    Agreement = 2,
    DataSet = 3,
    Outcome = 4,

    /// <summary><c>source:rule</c>, and the rule without its source.</summary>
    Rule = 5,
    Obligation = 6,
    Officer = 7,
    Kind = 8,

    /// <summary>A part of the text.</summary>
    Word = 9,

    /// <summary>A part of the text and the one that belongs to it behind.</summary>
    WordPair = 10,
}
