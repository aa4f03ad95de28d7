using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Gateway.Authentication;
using BriData.Gateway.Http;
using BriData.Gateway.Json;

namespace BriData.Gateway.Endpoints;

/// <summary>The keys with which a country's administrators sign acts. The platform sees public keys only.</summary>
internal static class SigningKeyEndpoints
{
    /// <summary>What an act that a country signs may be refused with because of its signature.</summary>
    public static string[] Signed { get; } =
    [
        ErrorCodes.SignatureInvalid, ErrorCodes.SignatureRequired, ErrorCodes.SigningKeyUnknown, ErrorCodes.SigningKeyRevoked,
    ];

    private static string[] Acts { get; } =
    [
        .. ErrorMetadataExtensions.Authenticated, .. ErrorMetadataExtensions.Platform, .. ErrorMetadataExtensions.Keyed, .. CountryEndpoints.Administration,
    ];

    public static void MapSigningKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/v1/countries/{cc}/signing-keys").WithTags("Signing keys").AddEndpointFilter<StandingFilter>();
        keys.MapGet("/", ListAsync)
            .WithName("listSigningKeys").WithSummary("The public keys of a country's signed acts, with the times within which each counts.")
            .Produces<SigningKeyList>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.UnknownCountry, ErrorCodes.CountryNotMember]);
        keys.MapPost("/", RegisterAsync)
            .WithName("registerSigningKey").WithSummary("Registers a public key. Signed with a key that counts now it counts at once; without any such key it is proposed, and another administrator confirms it.")
            .Produces<SigningKeyView>(StatusCodes.Status201Created)
            .Refuses(Acts, ErrorMetadataExtensions.Body, Signed, [ErrorCodes.AlreadyExists, ErrorCodes.WrongState]);
        keys.MapPost("/{kid}/confirm", ConfirmAsync)
            .WithName("confirmSigningKey").WithSummary("Confirms a proposed key; another administrator than the one who registered it. From now on the country's acts must be signed.")
            .Produces<SigningKeyView>()
            .Refuses(Acts, [ErrorCodes.BodyTooLarge, ErrorCodes.UnknownSigningKey, ErrorCodes.WrongState, ErrorCodes.SecondPersonNeeded, ErrorCodes.SignatureRequired]);
        keys.MapPost("/{kid}/revoke", RevokeAsync)
            .WithName("revokeSigningKey").WithSummary("Revokes a key at once and for good. What it signed before 'at' stays good.")
            .Produces<SigningKeyView>()
            .Refuses(Acts, ErrorMetadataExtensions.Body, [ErrorCodes.UnknownSigningKey, ErrorCodes.WrongState]);
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains, string cc) =>
        (await grains.Country(cc).ListSigningKeysAsync()).Ok(GatewayJson.Api.SigningKeyList);

    private static async Task<IResult> RegisterAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, JsonBody<RegisterSigningKeyRequest> body, IdempotencyKey key)
    {
        var b = body.Value;
        var registration = new SigningKeyRegistration(b.Jwk, b.Proof, b.ValidFrom, b.ValidUntil, b.Signature);
        return (await grains.Country(cc).RegisterSigningKeyAsync(caller.Caller, key.With(body.Fingerprint), registration))
            .Created(context, k => (k, $"/v1/countries/{cc}/signing-keys"), GatewayJson.Api.SigningKeyView);
    }

    private static async Task<IResult> ConfirmAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, string kid, [OptionalKey] IdempotencyKey key) =>
        (await grains.Country(cc).ConfirmSigningKeyAsync(caller.Caller, key.With(RequestBody.Fingerprint(context.Request, [])), kid))
            .Ok(GatewayJson.Api.SigningKeyView);

    private static async Task<IResult> RevokeAsync(
        IGrainFactory grains, RequestCaller caller, string cc, string kid, JsonBody<RevokeSigningKeyRequest> body, [OptionalKey] IdempotencyKey key) =>
        (await grains.Country(cc).RevokeSigningKeyAsync(caller.Caller, key.With(body.Fingerprint), kid, body.Value.At, body.Value.Reason))
            .Ok(GatewayJson.Api.SigningKeyView);
}
