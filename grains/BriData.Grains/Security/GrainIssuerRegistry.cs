using BriData.Contracts.Countries;
using BriData.Grains.Registry;
using BriData.Identity;

namespace BriData.Grains.Security;

/// <summary>The issuers that a country's grain vouches for.</summary>
internal sealed class GrainIssuerRegistry(IGrainFactory grains) : IIssuerRegistry
{
    public async ValueTask<IReadOnlyList<RegisteredIssuer>> GetIssuersAsync(string country, CancellationToken cancellationToken = default)
    {
        if (!IsoCountries.Contains(country))
        {
            return [];
        }

        // Refused is not the same as none: none is an answer that is remembered.
        var list = await grains.GetGrain<ICountryGrain>(country).GetIssuersAsync();
        return !list.IsOk
            ? throw new InvalidOperationException($"The issuers of {country} cannot be told now: {list.Refusal.Code}.")
            : [.. list.Value.Issuers.Select(i => new RegisteredIssuer(i.Issuer, i.MetadataAddress))];
    }
}
