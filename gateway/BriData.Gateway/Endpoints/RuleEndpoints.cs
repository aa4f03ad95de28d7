using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Contracts.Rules;
using BriData.Gateway.Authentication;
using BriData.Gateway.Http;
using BriData.Gateway.Json;
using BriData.Gateway.OpenApi;
using Microsoft.Net.Http.Headers;

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
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Body, ErrorMetadataExtensions.Keyed, CountryEndpoints.Administration, SigningKeyEndpoints.Signed, [ErrorCodes.UnknownRulePack, ErrorCodes.WrongState, ErrorCodes.RulePackUntested, ErrorCodes.SecondPersonNeeded, ErrorCodes.PreconditionFailed]);
        packs.MapPost("/{version}/test", TestAsync)
            .WithName("testRulePack").WithSummary("Runs the pack's own test cases, says which rules they reach, and records the result.")
            .Produces<RulePackTestReport>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Keyed, CountryEndpoints.Administration, [ErrorCodes.UnknownRulePack, ErrorCodes.PreconditionFailed]);
        packs.MapPost("/{version}/reinstate", ReinstateAsync)
            .WithName("reinstateRulePack").WithSummary("Returns in one step to a version that was in force before; it governs from now on.")
            .Produces<RulePackView>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Body, ErrorMetadataExtensions.Keyed, CountryEndpoints.Administration, SigningKeyEndpoints.Signed, [ErrorCodes.UnknownRulePack, ErrorCodes.WrongState, ErrorCodes.PreconditionFailed]);
        packs.MapPost("/{version}/analysis", AnalyseAsync)
            .WithName("analyseRulePack").WithSummary("Rules that can never match, rules that overlap with different outcomes, and cases that no rule covers, each with an example that /v1/rules/evaluate reproduces.")
            .Produces<RulePackAnalysis>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, CountryEndpoints.Administration, [ErrorCodes.UnknownRulePack]);
        packs.MapPost("/{version}/impact", ImpactAsync)
            .WithName("tryRulePackOnPast").WithSummary("Makes the recorded decisions of the country again under this version, without effect, and lists those that would change; newline-delimited JSON with progress.")
            .Produces<ReplayLine>(StatusCodes.Status200OK, NdjsonResult<ReplayLine>.MediaType)
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, CountryEndpoints.Administration, [ErrorCodes.UnknownRulePack]);

        routes.MapPost("/v1/rules/evaluate", EvaluateAsync).WithMetadata(HeaderMetadata.AcceptLanguage)
            .WithTags("Rule packs").AddEndpointFilter<StandingFilter>()
            .WithName("evaluateRules").WithSummary("Judges stated facts under one country's pack, without effect; the rules in words follow Accept-Language.")
            .Produces<EvaluateResponse>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Body, [ErrorCodes.UnknownCountry, ErrorCodes.CountryNotMember, ErrorCodes.RulePackMissing, ErrorCodes.UnknownRulePack, ErrorCodes.RoleMissing, ErrorCodes.UnknownFact, ErrorCodes.InvalidFact]);
    }

    private static async Task<IResult> DraftAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, IdempotencyKey key)
    {
        var (body, refusal) = await RequestBody.ReadAsync(context.Request, BodyLimits.RulePackBytes, context.RequestAborted);
        return refusal is not null
            ? new ProblemResult(refusal)
            : (await grains.Country(cc).DraftRulePackAsync(caller.Caller, key.With(RequestBody.Fingerprint(context.Request, body!)), body))
                .Created(context, p => (p, $"/v1/countries/{cc}/rule-packs/{Uri.EscapeDataString(p.Version)}"), GatewayJson.Api.RulePackView);
    }

    private static async Task<IResult> TestAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, string version, IfMatch ifMatch, [OptionalKey] IdempotencyKey key) =>
        (await grains.Country(cc).TestRulePackAsync(caller.Caller, key.With(context.Request.Path), version, ifMatch.Version))
            .OkWithTag(context, report => (report, report.Pack.Revision), GatewayJson.Api.RulePackTestReport);

    private static async Task<IResult> ReinstateAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, string version, OptionalJsonBody<SignatureRequest> body, IfMatch ifMatch, [OptionalKey] IdempotencyKey key) =>
        (await grains.Country(cc).ReinstateRulePackAsync(
            caller.Caller, key.With(body.Value.Signature is null ? context.Request.Path.ToString() : body.Fingerprint), version, ifMatch.Version, body.Value.Signature))
            .OkWithTag(context, pack => (pack, pack.Revision), GatewayJson.Api.RulePackView);

    private static async Task<IResult> AnalyseAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, string version) =>
        (await grains.GetGrain<IRuleTrialGrain>(Guid.NewGuid()).AnalyseAsync(caller.Caller, cc, version, context.RequestAborted))
            .Ok(GatewayJson.Api.RulePackAnalysis);

    private static async Task<IResult> ImpactAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, string version)
    {
        var trial = grains.GetGrain<IRuleTrialGrain>(Guid.NewGuid());
        var pack = await trial.MayTryAsync(caller.Caller, cc, version);
        return pack.IsOk
            ? new NdjsonResult<ReplayLine>(trial.ImpactAsync(caller.Caller, cc, version, context.RequestAborted), GatewayJson.Api.ReplayLine)
            : new ProblemResult(pack.Refusal);
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains, RequestCaller caller, string cc) =>
        (await grains.Country(cc).ListRulePacksAsync(caller.Caller)).Ok(GatewayJson.Api.RulePackList);

    private static async Task<IResult> GetAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, string version)
    {
        var pack = await grains.Country(cc).GetRulePackAsync(caller.Caller, version);
        if (!pack.IsOk)
        {
            return new ProblemResult(pack.Refusal);
        }

        context.Response.Headers.ETag = Etags.Of(pack.Value.Pack.Revision);
        return TypedResults.Bytes(pack.Value.Yaml, "application/yaml");
    }

    private static async Task<IResult> ApproveAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, string version, JsonBody<ApproveRulePackRequest> body, IfMatch ifMatch, [OptionalKey] IdempotencyKey key) =>
        (await grains.Country(cc).ApproveRulePackAsync(caller.Caller, key.With(body.Fingerprint), version, body.Value.InForceFrom, ifMatch.Version, body.Value.Signature))
            .OkWithTag(context, pack => (pack, pack.Revision), GatewayJson.Api.RulePackView);

    private static async Task<IResult> EvaluateAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, JsonBody<EvaluateRequest> body)
    {
        var q = body.Value;
        var seat = await grains.GetGrain<IRegistryGrain>(0).GetSeatAsync(q.Exporter);
        if (!seat.IsOk)
        {
            return new ProblemResult(seat.Refusal);
        }

        var question = new RuleQuestion(seat.Value, q.Importer, q.EventDate, q.Facts, q.Exporter, RequestLanguages.Of(context.Request), q.Version);
        context.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        var verdict = await grains.Country(seat.Value).EvaluateAsync(caller.Caller, question);
        return verdict.IsOk ? TypedResults.Bytes(verdict.Value.Verdict.Utf8, "application/json") : new ProblemResult(verdict.Refusal);
    }
}
