using BriData.Contracts;
using BriData.Gateway.Endpoints;
using BriData.Gateway.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;

namespace BriData.Gateway.Tests.Endpoints;

public sealed class ErrorMetadataTests
{
    [Fact]
    public void Groups_Codes_AreAllInTheCatalogue()
    {
        string[][] groups = [ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Body, ErrorMetadataExtensions.Keyed];
        Assert.All(groups.SelectMany(g => g), c => Assert.Contains(c, ProblemCatalogue.Codes));
    }

    [Fact]
    public void Authenticated_Codes_HoldEveryRefusalOfATokenByTheVerifier()
    {
        var codes = typeof(Identity.CallerFailureCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!);
        Assert.All(codes, c => Assert.Contains(c, ErrorMetadataExtensions.Authenticated));
    }

    [Fact]
    public void Refuses_Codes_DescribeEachStatusOnceAsAProblemDocument()
    {
        var builder = new Conventions();
        builder.Refuses([ErrorCodes.UnknownAgency, ErrorCodes.UnknownCountry], [ErrorCodes.Busy, ErrorCodes.UnknownAgency]);
        var endpoint = new RouteEndpointBuilderForTests();
        builder.ApplyTo(endpoint);

        Assert.Equal([ErrorCodes.UnknownAgency, ErrorCodes.UnknownCountry, ErrorCodes.Busy], endpoint.Metadata.OfType<ErrorMetadata>().Single().Codes);
        var responses = endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().ToArray();
        Assert.Equal([404, 503], responses.Select(r => r.StatusCode).Order());
        Assert.All(responses, r => Assert.Equal(["application/problem+json"], r.ContentTypes));
    }

    private sealed class Conventions : IEndpointConventionBuilder
    {
        private readonly List<Action<EndpointBuilder>> _conventions = [];

        public void Add(Action<EndpointBuilder> convention) => _conventions.Add(convention);

        public void ApplyTo(EndpointBuilder endpoint) => _conventions.ForEach(c => c(endpoint));
    }

    private sealed class RouteEndpointBuilderForTests : EndpointBuilder
    {
        public override Endpoint Build() => new Microsoft.AspNetCore.Routing.RouteEndpoint(
            _ => Task.CompletedTask, RoutePatternFactory.Parse("/"), 0, new EndpointMetadataCollection(Metadata), DisplayName);
    }
}
