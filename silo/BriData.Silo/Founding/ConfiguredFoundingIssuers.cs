using System.Collections.Immutable;
using BriData.Contracts.Countries;
using BriData.Grains.Countries;
using BriData.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace BriData.Silo.Founding;

/// <summary>Founding issuers as the operator configured them.</summary>
internal sealed class ConfiguredFoundingIssuers(IOptions<BriDataSiloOptions> options) : IFoundingIssuers
{
    public ImmutableArray<string> Countries => [.. options.Value.Founding.Keys.Order(StringComparer.Ordinal)];

    public ImmutableArray<IssuerRegistration> For(string country) =>
        options.Value.Founding.TryGetValue(country, out var issuers)
            ? [.. issuers.Select(i => new IssuerRegistration(i.Issuer, i.MetadataAddress))]
            : [];
}
