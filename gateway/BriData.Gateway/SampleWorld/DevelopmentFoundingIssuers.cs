using System.Collections.Immutable;
using BriData.Contracts.Countries;
using BriData.Gateway.Hosting;
using BriData.Grains.Countries;
using BriData.Identity.Development;
using BriData.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace BriData.Gateway.SampleWorld;

/// <summary>
/// In Development, the countries of the sample world are founded with their development issuers, beside those that the
/// operator configured. The issuers' address follows the address the gateway listens on.
/// </summary>
internal sealed class DevelopmentFoundingIssuers : IFoundingIssuers
{
    private readonly DevelopmentIssuers _issuers;
    private readonly BriDataSiloOptions _configured;

    public DevelopmentFoundingIssuers(
        DevelopmentIssuers issuers, IOptions<BriDataSiloOptions> configured, IOptions<GatewayOptions> gateway, IConfiguration configuration)
    {
        _issuers = issuers;
        _issuers.BaseUrl = new Uri(ListeningAddress.Of(configuration), "dev/issuers");
        _configured = configured.Value;
        var sample = gateway.Value.SampleWorld ? SampleCountries.All : [];
        Countries = [.. sample.Concat(_configured.Founding.Keys).Distinct().Order(StringComparer.Ordinal)];
    }

    public ImmutableArray<string> Countries { get; }

    public ImmutableArray<IssuerRegistration> For(string country)
    {
        if (_configured.Founding.TryGetValue(country, out var issuers))
        {
            return [.. issuers.Select(i => new IssuerRegistration(i.Issuer, i.MetadataAddress))];
        }

        if (!Countries.Contains(country))
        {
            return [];
        }

        var registration = _issuers.Registration(country);
        return [new IssuerRegistration(registration.Issuer, registration.MetadataAddress)];
    }
}
