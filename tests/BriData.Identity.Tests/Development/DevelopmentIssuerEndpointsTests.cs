using System.Net;
using BriData.Identity.Development;
using BriData.Identity.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BriData.Identity.Tests.Development;

/// <summary>Over a real socket: the verifier fetches what the endpoints serve.</summary>
public sealed class DevelopmentIssuerEndpointsTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("bridata-identity-").FullName;
    private readonly FakeRegistry _registry = new();
    private readonly WebApplication _host;

    public DevelopmentIssuerEndpointsTests()
    {
        var builder = Builder("Development");
        builder.Services.AddSingleton<IIssuerRegistry>(_registry);
        builder.Services.AddBriDataIdentity(options => options.AllowInsecureLoopback = true);
        builder.Services.AddDevelopmentIssuers(options => options.DataDirectory = _directory);
        _host = builder.Build();
        _host.MapDevelopmentIssuers();
    }

    private DevelopmentIssuers Issuers => _host.Services.GetRequiredService<DevelopmentIssuers>();

    public async ValueTask InitializeAsync()
    {
        await _host.StartAsync();
        Issuers.BaseUrl = new Uri(_host.Urls.Single() + "/dev/issuers");
        _registry.Register("KZ", Issuers.Registration("KZ"));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Verify_AgainstServedDocuments_AcceptsBeforeAndAfterRotation()
    {
        var verifier = _host.Services.GetRequiredService<ICallerVerifier>();
        Assert.Equal("KZ/customs", (await verifier.VerifyAsync(Token())).Identity?.Agency);
        using var client = new HttpClient();
        var before = Issuers["KZ"].CurrentKeyId;
        using var rotated = await client.PostAsync(new Uri(Issuers.BaseUrl + "/kz/rotate"), null);
        Assert.Equal(HttpStatusCode.NoContent, rotated.StatusCode);
        Assert.NotEqual(before, Issuers["KZ"].CurrentKeyId);
        Assert.Null((await verifier.VerifyAsync(Token())).Code);

        string Token() => Issuers.Issue("KZ", "customs", CallerRoles.Agency, "aigerim", TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData("/kz/.well-known/openid-configuration", HttpStatusCode.OK)]
    [InlineData("/kz/jwks.json", HttpStatusCode.OK)]
    [InlineData("/KZ/jwks.json", HttpStatusCode.OK)]
    [InlineData("/kaz/jwks.json", HttpStatusCode.NotFound)]
    [InlineData("/k1/jwks.json", HttpStatusCode.NotFound)]
    [InlineData("/kz/rotate", HttpStatusCode.MethodNotAllowed)]
    public async Task Get_Paths_AnswerAsStated(string path, HttpStatusCode expected)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(Issuers.BaseUrl + path));
        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.OK)
        {
            Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("127.0.0.1", 200)]
    [InlineData("::1", 200)]
    [InlineData("10.0.0.1", 404)]
    public async Task Get_FromAddress_OnlyLoopbackIsAnswered(string address, int expected)
    {
        var endpoint = _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Single(static route => route.RoutePattern.RawText!.EndsWith("/jwks.json", StringComparison.Ordinal));
        await using var scope = _host.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.RouteValues["cc"] = "kz";
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        await endpoint.RequestDelegate!(context);
        Assert.Equal(expected, context.Response.StatusCode);
    }

    [Fact]
    public async Task Map_OutsideDevelopment_Throws()
    {
        var builder = Builder("Production");
        builder.Services.AddDevelopmentIssuers();
        await using var host = builder.Build();
        Assert.Throws<InvalidOperationException>(() => host.MapDevelopmentIssuers());
    }

    private static WebApplicationBuilder Builder(string environment)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder;
    }
}
