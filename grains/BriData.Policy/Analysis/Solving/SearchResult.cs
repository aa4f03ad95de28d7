namespace BriData.Policy.Analysis.Solving;

/// <summary>How a search ended.</summary>
internal enum SearchResult
{
    Found,

    /// <summary>There is no such case.</summary>
    None,

    /// <summary>A limit was reached; nothing is known.</summary>
    GaveUp,
}
