using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace BriData.Identity.Development;

/// <summary>Development issuers in a host.</summary>
public static class DevelopmentIssuerEndpoints
{
    /// <summary>Registers <see cref="DevelopmentIssuers"/>. Safe to call twice.</summary>
    public static IServiceCollection AddDevelopmentIssuers(this IServiceCollection services, Action<DevelopmentIssuerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        var options = services.AddOptions<DevelopmentIssuerOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton<DevelopmentIssuers>();
        return services;
    }

    /// <summary>
    /// Serves <c>{prefix}/{cc}/.well-known/openid-configuration</c> and <c>{prefix}/{cc}/jwks.json</c>, and
    /// <c>POST {prefix}/{cc}/rotate</c> (204), where <c>cc</c> is a country, case not significant; to loopback callers only, others get 404.
    /// </summary>
    /// <param name="endpoints">Where to map.</param>
    /// <param name="prefix">Path that <see cref="DevelopmentIssuers.BaseUrl"/> ends in.</param>
    /// <exception cref="InvalidOperationException">The host is not in the environment Development.</exception>
    public static RouteGroupBuilder MapDevelopmentIssuers(this IEndpointRouteBuilder endpoints, string prefix = "/dev/issuers")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (!endpoints.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            throw new InvalidOperationException("Development issuers may only be served in the environment Development.");
        }

        var group = endpoints.MapGroup(prefix + "/{cc:regex(^[a-z]{{2}}$)}");
        group.AddEndpointFilter(static async (context, next) => IsLocal(context.HttpContext) ? await next(context) : Results.NotFound());
        group.MapGet(DevelopmentDocuments.DiscoveryPath, static (string cc, DevelopmentIssuers issuers, HttpResponse response) =>
            Json(response, Find(issuers, cc).DiscoveryDocument(issuers.BaseUrl)));
        group.MapGet(DevelopmentDocuments.KeySetPath, static (string cc, DevelopmentIssuers issuers, HttpResponse response) =>
            Json(response, Find(issuers, cc).Jwks));
        group.MapPost("/rotate", static (string cc, DevelopmentIssuers issuers) =>
        {
            Find(issuers, cc).Rotate();
            return Results.NoContent();
        });
        group.AllowAnonymous().ExcludeFromDescription();
        return group;
    }

    private static DevelopmentIssuer Find(DevelopmentIssuers issuers, string cc) => issuers[cc.ToUpperInvariant()];

    private static IResult Json(HttpResponse response, string document)
    {
        response.Headers[HeaderNames.CacheControl] = "no-store";
        return Results.Text(document, "application/json");
    }

    // No address means that no network lies between: an in-memory server or a Unix socket.
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);
}
