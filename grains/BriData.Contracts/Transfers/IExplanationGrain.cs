using System.Collections.Immutable;

namespace BriData.Contracts.Transfers;

/// <summary>Puts recorded decisions into words. Key: 0.</summary>
[Alias("bridata.explanations")]
public interface IExplanationGrain : IGrainWithIntegerKey
{
    /// <summary>The decision of a transfer in words; who may see the transfer.</summary>
    /// <param name="caller">The reader.</param>
    /// <param name="transfer">Transfer identifier.</param>
    /// <param name="languages">Language tags, most wanted first; English when there is none of them.</param>
    [Alias("explain")]
    Task<Reply<Explanation>> ExplainAsync(Caller caller, string transfer, ImmutableArray<string> languages);
}
