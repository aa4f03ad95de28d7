using System.Collections.Immutable;
using BriData.Contracts.Countries;

namespace BriData.Grains.Countries;

/// <summary>
/// The operator's word on which countries take part and which issuer speaks first for each. Used once, when a country's
/// ledger is empty; afterwards the country itself decides.
/// </summary>
public interface IFoundingIssuers
{
    /// <summary>Countries to found, ISO 3166-1 alpha-2.</summary>
    ImmutableArray<string> Countries { get; }

    /// <summary>The first issuers of a country; empty when it is not to be founded.</summary>
    ImmutableArray<IssuerRegistration> For(string country);
}
