namespace BriData.Identity;

/// <summary>Which issuers a country vouches for. Owned by the country; read on each verification that no cache answers.</summary>
public interface IIssuerRegistry
{
    /// <summary>
    /// The issuers that the country has registered and not withdrawn or suspended; empty for an unknown country, never null.
    /// An exception means "cannot be read" and refuses the caller with <see cref="CallerFailureCodes.IssuerUnavailable"/>.
    /// </summary>
    /// <param name="country">Two upper-case letters, taken from a token that is not verified yet: any value may come.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    ValueTask<IReadOnlyList<RegisteredIssuer>> GetIssuersAsync(string country, CancellationToken cancellationToken = default);
}
