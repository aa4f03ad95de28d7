using System.Net;
using BriData.Contracts;
using BriData.Gateway.Http;
using BriData.Gateway.Json;
using BriData.Identity;
using BriData.Identity.Development;

namespace BriData.Gateway.Endpoints;

/// <summary>Tokens for development. Mapped in Development only and answered to loopback only.</summary>
internal static class DevelopmentEndpoints
{
    private const int DefaultLifetime = 3600;
    private const int MaxLifetime = 86_400;

    public static void MapDevelopmentTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapDevelopmentIssuers();
        routes.MapPost("/dev/tokens", Issue)
            .AllowAnonymous().WithTags("Development")
            .WithName("issueDevelopmentToken").WithSummary("A token of a country's development issuer. Development only, loopback only.")
            .Produces<TokenResponse>()
            .Refuses(ErrorMetadataExtensions.Body, ErrorMetadataExtensions.Platform, [ErrorCodes.RouteNotFound]);
    }

    private static IResult Issue(HttpContext context, DevelopmentIssuers issuers, JsonBody<TokenRequest> body)
    {
        if (context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
        {
            return new ProblemResult(new Refusal(ErrorCodes.RouteNotFound, "There is no such route."));
        }

        var request = body.Value;
        if (!CallerRoleNames.TryParse(request.Roles.IsDefault ? [] : request.Roles, out var roles))
        {
            return Invalid("roles", "roles are among agency, approver, auditor, admin, regulator.");
        }

        var lifetime = request.LifetimeSeconds ?? DefaultLifetime;
        if (lifetime is < 1 or > MaxLifetime)
        {
            return Invalid("lifetimeSeconds", $"lifetimeSeconds is 1 to {MaxLifetime}.");
        }

        try
        {
            var token = issuers.Issue(request.Country, request.Agency, roles, request.Subject, TimeSpan.FromSeconds(lifetime));
            return TypedResults.Json(new TokenResponse(token, "Bearer", lifetime), GatewayJson.Api.TokenResponse);
        }
        catch (ArgumentException e)
        {
            return Invalid(e.ParamName ?? "$", e.Message);
        }
    }

    private static ProblemResult Invalid(string field, string message) =>
        new(Refusal.OfField(field, ErrorCodes.InvalidField, message));
}
