using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Gateway.Http;
using BriData.Gateway.Json;

namespace BriData.Gateway.Endpoints;

/// <summary>The legal life of agreements.</summary>
internal static class AgreementEndpoints
{
    public static RouteGroupBuilder MapAgreements(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/agreements").WithTags("Agreements");
        group.MapPost("/", DraftAsync)
            .WithName("draftAgreement").WithSummary("Stores terms as a draft; an administrator of a party.")
            .Produces<AgreementResponse>(StatusCodes.Status201Created)
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Body, ErrorMetadataExtensions.Keyed, [ErrorCodes.RoleMissing, ErrorCodes.NotAParty, ErrorCodes.AlreadyExists, ErrorCodes.UnknownCountry, ErrorCodes.CountryNotMember, ErrorCodes.UnknownAgency, ErrorCodes.UnknownDataSet, ErrorCodes.UnknownPurpose, ErrorCodes.UnknownFact, ErrorCodes.InvalidFact]);
        group.MapGet("/{id}", GetAsync)
            .WithName("getAgreement").WithSummary("Terms and state; a party.")
            .Produces<AgreementResponse>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.UnknownAgreement]);
        group.MapPost("/{id}/signatures", SignAsync)
            .WithName("signAgreement").WithSummary("Signs for the caller's country, with its key once it has one; the last signature brings the agreement into force.")
            .Produces<AgreementResponse>()
            .Refuses(Acts, SigningKeyEndpoints.Signed, [ErrorCodes.AlreadySigned, ErrorCodes.UnknownAgency, ErrorCodes.CountryNotMember, ErrorCodes.WrongState]);
        foreach (var (path, act, summary) in new[]
        {
            ("suspend", AgreementAct.Suspend, "Suspends the agreement for the caller's country: no transfer is decided or delivered."),
            ("resume", AgreementAct.Resume, "Ends the suspension that the caller's country declared."),
            ("terminate", AgreementAct.Terminate, "Ends the agreement for good and stops every open transfer."),
        })
        {
            group.MapPost($"/{{id}}/{path}", (IGrainFactory grains, HttpContext context, RequestCaller caller, string id, JsonBody<SignedReasonRequest> body, [OptionalKey] IdempotencyKey key) =>
                    ChangeAsync(grains, context, caller, id, act, body, key))
                .WithName($"{path}Agreement").WithSummary(summary)
                .Produces<AgreementResponse>()
                .Refuses(Acts, SigningKeyEndpoints.Signed, [ErrorCodes.WrongState, ErrorCodes.PublicationPending]);
        }

        return group;
    }

    private static string[] Acts { get; } =
    [
        .. ErrorMetadataExtensions.Authenticated, .. ErrorMetadataExtensions.Platform, .. ErrorMetadataExtensions.Body, .. ErrorMetadataExtensions.Keyed,
        ErrorCodes.RoleMissing, ErrorCodes.UnknownAgreement,
    ];

    private static async Task<IResult> DraftAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, JsonBody<AgreementDocument> body, IdempotencyKey key)
    {
        if (!grains.TryAgreement(body.Value.Id, out var agreement))
        {
            return new ProblemResult(new Refusal(ErrorCodes.InvalidField, "An identifier has 2 to 64 characters of a-z, 0-9 and '-'."));
        }

        var reply = await agreement.DraftAsync(caller.Caller, key.With(body.Fingerprint), body.Value);
        return reply.Created(context, a => (AgreementResponse.From(a), $"/v1/agreements/{a.Document.Id}"), GatewayJson.Api.AgreementResponse);
    }

    private static async Task<IResult> GetAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, string id) =>
        grains.TryAgreement(id, out var agreement) ? Answer(context, await agreement.GetAsync(caller.Caller)) : Unknown(id);

    private static async Task<IResult> SignAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, string id, OptionalJsonBody<SignatureRequest> body, [OptionalKey] IdempotencyKey key)
    {
        // Without a signature the act has no content: no body and an empty object are the same request.
        var fingerprint = body.Value.Signature is null ? RequestBody.Fingerprint(context.Request, []) : body.Fingerprint;
        return grains.TryAgreement(id, out var agreement)
            ? Answer(context, await agreement.SignAsync(caller.Caller, key.With(fingerprint), body.Value.Signature))
            : Unknown(id);
    }

    private static async Task<IResult> ChangeAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, string id, AgreementAct act, JsonBody<SignedReasonRequest> body, IdempotencyKey key) =>
        grains.TryAgreement(id, out var agreement)
            ? Answer(context, await agreement.ChangeAsync(caller.Caller, key.With(body.Fingerprint), act, body.Value.Reason ?? "", body.Value.Signature))
            : Unknown(id);

    private static IResult Answer(HttpContext context, Reply<AgreementView> reply) =>
        reply.OkWithTag(context, a => (AgreementResponse.From(a), a.Version), GatewayJson.Api.AgreementResponse);

    private static ProblemResult Unknown(string id) => new(new Refusal(ErrorCodes.UnknownAgreement, $"There is no agreement '{id}'."));
}
