using System.Security.Claims;
using System.Text.Encodings.Web;
using BriData.Contracts;
using BriData.Gateway.Http;
using BriData.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace BriData.Gateway.Authentication;

/// <summary>
/// Bearer tokens (RFC 6750) of any issuer that a country has registered. Recognises only; standing and rights are checked by
/// the grains, which verify the token again.
/// </summary>
internal sealed class BriDataBearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ICallerVerifier verifier)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } value || !value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var token = value[Prefix.Length..].Trim();
        var verification = await verifier.VerifyAsync(token, Context.RequestAborted);
        if (verification.Identity is not { } identity)
        {
            Context.Features.Set(new AuthenticationRefusal(new Refusal(verification.Code!, verification.Text!)));
            return AuthenticateResult.Fail(verification.Text!);
        }

        Context.Features.Set(new CallerFeature(token, identity));
        return AuthenticateResult.Success(PrincipalCache.TicketOf(identity));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var refusal = Context.Features.Get<AuthenticationRefusal>()?.Refusal
            ?? new Refusal(ErrorCodes.TokenMissing, "Send a bearer token of your country's issuer.");
        return new ProblemResult(refusal).ExecuteAsync(Context);
    }

    private sealed record AuthenticationRefusal(Refusal Refusal);

    /// <summary>One ticket per recognised identity: the identity is the same object for as long as the token is cached.</summary>
    private static class PrincipalCache
    {
        private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<CallerIdentity, AuthenticationTicket> Tickets = [];

        public static AuthenticationTicket TicketOf(CallerIdentity identity) => Tickets.GetValue(identity, static who =>
        {
            var claims = new ClaimsIdentity([new Claim("sub", who.Subject), new Claim("country", who.Country)], SchemeName, "sub", "roles");
            return new AuthenticationTicket(new ClaimsPrincipal(claims), SchemeName);
        });
    }
}
