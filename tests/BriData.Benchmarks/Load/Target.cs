namespace BriData.Benchmarks.Load;

/// <summary>What a round drives.</summary>
internal enum Target
{
    /// <summary>The endpoint without decision and ledger.</summary>
    Echo,

    /// <summary><c>POST /v1/transfers</c>.</summary>
    Transfers,
}
