using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Gateway.Authentication;
using BriData.Gateway.Http;
using BriData.Gateway.Json;

namespace BriData.Gateway.Endpoints;

/// <summary>Rule packs: drafts, second approval, entry into force; and judging stated facts.</summary>
internal static class RuleEndpoints
{
    public static void MapRules(this IEndpointRouteBuilder routes)
    {
        var packs = routes.MapGroup("/v1/countries/{cc}/rule-packs").WithTags("Rule packs").AddEndpointFilter<StandingFilter>();
        packs.MapPost("/", DraftAsync)
            .WithName("draftRulePack").WithSummary("Stores a rule pack (YAML) as a draft; an administrator of the country.")
            .Accepts<string>("application/yaml", "text/yaml", "text/plain").Produces<RulePackView>(StatusCodes.Status201Created)
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Keyed, CountryEndpoints.Administration, [ErrorCodes.BodyTooLarge, ErrorCodes.UnsupportedMediaType, ErrorCodes.InvalidRulePack, ErrorCodes.AlreadyExists]);
        packs.MapGet("/", ListAsync)
            .WithName("listRulePacks").WithSummary("All versions.")
            .Produces<RulePackList>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, CountryEndpoints.Administration);
        packs.MapGet("/{version}", GetAsync)
            .WithName("getRulePack").WithSummary("The source of one version, as drafted.")
            .Produces<string>(StatusCodes.Status200OK, "application/yaml")
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, CountryEndpoints.Administration, [ErrorCodes.UnknownRulePack]);
        packs.MapPost("/{version}/approve", ApproveAsync)
            .WithName("approveRulePack").WithSummary("Second approval and entry into force; another administrator than the author.")
            .Produces<RulePackView>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Body, ErrorMetadataExtensions.Keyed, CountryEndpoints.Administration, [ErrorCodes.UnknownRulePack, ErrorCodes.WrongState, ErrorCodes.SecondPersonNeeded]);

        routes.MapPost("/v1/rules/evaluate", EvaluateAsync)
            .WithTags("Rule packs").AddEndpointFilter<StandingFilter>()
            .WithName("evaluateRules").WithSummary("Judges stated facts under one country's pack, without effect.")
            .Produces<EvaluateResponse>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Body, [ErrorCodes.UnknownCountry, ErrorCodes.CountryNotMember, ErrorCodes.RulePackMissing, ErrorCodes.UnknownFact, ErrorCodes.InvalidFact]);
    }

    private static async Task<IResult> DraftAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, IdempotencyKey key)
    {
        var (body, refusal) = await RequestBody.ReadAsync(context.Request, BodyLimits.RulePackBytes, context.RequestAborted);
        return refusal is not null
            ? new ProblemResult(refusal)
            : (await grains.Country(cc).DraftRulePackAsync(caller.Caller, key.With(RequestBody.Fingerprint(context.Request, body!)), body))
                .Created(context, p => (p, $"/v1/countries/{cc}/rule-packs/{Uri.EscapeDataString(p.Version)}"), GatewayJson.Api.RulePackView);
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains, RequestCaller caller, string cc) =>
        (await grains.Country(cc).ListRulePacksAsync(caller.Caller)).Ok(GatewayJson.Api.RulePackList);

    private static async Task<IResult> GetAsync(IGrainFactory grains, RequestCaller caller, string cc, string version)
    {
        var pack = await grains.Country(cc).GetRulePackAsync(caller.Caller, version);
        return pack.IsOk ? TypedResults.Bytes(pack.Value.Yaml, "application/yaml") : new ProblemResult(pack.Refusal);
    }

    private static async Task<IResult> ApproveAsync(
        IGrainFactory grains, RequestCaller caller, string cc, string version, JsonBody<ApproveRulePackRequest> body, [OptionalKey] IdempotencyKey key) =>
        (await grains.Country(cc).ApproveRulePackAsync(caller.Caller, key.With(body.Fingerprint), version, body.Value.InForceFrom))
            .Ok(GatewayJson.Api.RulePackView);

    private static async Task<IResult> EvaluateAsync(IGrainFactory grains, RequestCaller caller, JsonBody<EvaluateRequest> body)
    {
        var q = body.Value;
        var verdict = await grains.Country(q.Exporter).EvaluateAsync(caller.Caller, new RuleQuestion(q.Exporter, q.Importer, q.EventDate, q.Facts));
        return verdict.IsOk ? TypedResults.Bytes(verdict.Value.Verdict.Utf8, "application/json") : new ProblemResult(verdict.Refusal);
    }
}
