using System.Collections.Immutable;
using BriData.Contracts.Countries;
using BriData.Grains.Countries;

namespace BriData.Grains.Tests.Fixtures;

/// <summary>Every country is founded with one test issuer.</summary>
internal sealed class TestFounding : IFoundingIssuers
{
    public ImmutableArray<string> Countries => ["CN", "KZ", "SG", "AE", "KG", "RU", "UZ"];

    public ImmutableArray<IssuerRegistration> For(string country) =>
        [new IssuerRegistration($"{TestCallers.Issuer}/{country}", $"{TestCallers.Issuer}/{country}/.well-known/openid-configuration")];
}
