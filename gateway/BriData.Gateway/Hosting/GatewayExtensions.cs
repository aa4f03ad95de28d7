using BriData.Gateway.Authentication;
using BriData.Gateway.Endpoints;
using BriData.Gateway.Http;
using BriData.Gateway.Json;
using BriData.Gateway.Limits;
using BriData.Gateway.OpenApi;
using BriData.Gateway.SampleWorld;
using BriData.Grains.Countries;
using BriData.Identity;
using BriData.Identity.Development;
using BriData.Silo.Hosting;
using BriData.Silo.Operator;
using BriData.Silo.Telemetry;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace BriData.Gateway.Hosting;

/// <summary>Puts the HTTP API into a host.</summary>
internal static class GatewayExtensions
{
    /// <summary>Adds the API, with an embedded silo; in Development also the development issuers and the sample world.</summary>
    public static WebApplicationBuilder AddBriDataGateway(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<GatewayOptions>().BindConfiguration("BriData:Gateway").ValidateDataAnnotations().ValidateOnStart();
        builder.AddBriDataSilo();
        builder.AddBriDataTelemetry("bridata-gateway");
        services.AddBriDataHealth();
        services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, GatewayJson.Api));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddExceptionHandler<UnhandledExceptions>();

        // Not AddAuthentication: it brings data protection, whose keys would be written outside the data directory.
        services.AddAuthenticationCore(o => o.DefaultScheme = BriDataBearerHandler.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, BriDataBearerHandler>(BriDataBearerHandler.SchemeName, null);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddBriDataLimits();
        services.AddBriDataOpenApi();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = BodyLimits.RulePackBytes;
        });
        if (builder.Environment.IsDevelopment())
        {
            builder.AddDevelopmentWorld();
        }

        return builder;
    }

    /// <summary>Maps every route of the API.</summary>
    public static WebApplication MapBriDataGateway(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseStatusProblems();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapBriDataHealth();
        app.MapBriDataMetrics().AllowAnonymous();
        app.MapBriDataOperator();
        app.MapBriDataOpenApi();
        var api = app.MapGroup("").AddEndpointFilter<RefusalFilter>();
        api.MapCountries();
        api.MapRules();
        api.MapSigningKeys();
        api.MapVocabulary();
        api.MapAgencies();
        api.MapAgreements();
        api.MapTransfers();
        api.MapPayloads();
        api.MapAudit();
        api.MapAccesses();
        api.MapLedgers();
        api.MapDocuments();
        if (app.Environment.IsDevelopment())
        {
            api.MapDevelopmentTokens();
        }

        return app;
    }

    private static void AddDevelopmentWorld(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var silo = new BriDataSiloOptions();
        builder.Configuration.GetSection("BriData").Bind(silo);
        services.AddDevelopmentIssuers(o => o.DataDirectory = silo.DataDirectory);
        services.Configure<IdentityOptions>(o => o.AllowInsecureLoopback = true);

        // Listening is decided late, so the issuers' addresses are known once the server has its own.
        services.AddSingleton<IFoundingIssuers, DevelopmentFoundingIssuers>();
        services.AddHostedService<DevelopmentWorldService>();
    }
}
