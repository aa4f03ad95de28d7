using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Gateway.Authentication;
using BriData.Gateway.Http;
using BriData.Gateway.Json;

namespace BriData.Gateway.Endpoints;

/// <summary>Agencies and their data sets.</summary>
internal static class AgencyEndpoints
{
    public static void MapAgencies(this IEndpointRouteBuilder routes)
    {
        var agencies = routes.MapGroup("/v1/agencies/{cc}/{slug}").WithTags("Agencies").AddEndpointFilter<StandingFilter>();
        agencies.MapGet("/", GetAsync)
            .WithName("getAgency").WithSummary("One agency.")
            .Produces<AgencyResponse>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.UnknownAgency]);
        agencies.MapPut("/", PutAsync)
            .WithName("putAgency").WithSummary("Registers or updates an agency; an administrator of its country.")
            .Produces<AgencyResponse>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Body, ErrorMetadataExtensions.Keyed, CountryEndpoints.Administration, [ErrorCodes.UnknownAgency, ErrorCodes.PreconditionFailed]);
        agencies.MapPost("/suspend", SuspendAsync)
            .WithName("suspendAgency").WithSummary("Suspends: its tokens and transfers are refused from the moment the reply leaves.")
            .Produces<AgencyResponse>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Body, ErrorMetadataExtensions.Keyed, CountryEndpoints.Administration, [ErrorCodes.UnknownAgency, ErrorCodes.WrongState]);
        agencies.MapPost("/resume", ResumeAsync)
            .WithName("resumeAgency").WithSummary("Ends a suspension.")
            .Produces<AgencyResponse>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Body, ErrorMetadataExtensions.Keyed, CountryEndpoints.Administration, [ErrorCodes.UnknownAgency, ErrorCodes.WrongState]);
        agencies.MapGet("/totals", GetTotalsAsync)
            .WithName("getAgencyTotals").WithSummary("Persons whose data the agency has exported since a day (default 1 January), as its law counts them.")
            .Produces<TotalsView>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.UnknownAgency, ErrorCodes.NotYourCountry, ErrorCodes.NotYourAgency, ErrorCodes.RoleMissing, ErrorCodes.InvalidField]);

        var dataSets = routes.MapGroup("/v1/datasets").WithTags("Data sets").AddEndpointFilter<StandingFilter>();
        dataSets.MapGet("/", ListDataSetsAsync)
            .WithName("listDataSets").WithSummary("The catalogue, as far as the caller's country may see it.")
            .Produces<DataSetPageResponse>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.InvalidField]);
        dataSets.MapPut("/{cc}/{agency}/{slug}", PutDataSetAsync)
            .WithName("putDataSet").WithSummary("Registers or updates a data set; the agency itself or an administrator of its country.")
            .Produces<DataSetResponse>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Body, ErrorMetadataExtensions.Keyed, CountryEndpoints.Administration, [ErrorCodes.NotYourAgency, ErrorCodes.UnknownAgency, ErrorCodes.UnknownDataSet, ErrorCodes.UnknownMark, ErrorCodes.UnknownFact, ErrorCodes.InvalidFact, ErrorCodes.FactNotAssertable, ErrorCodes.InvalidScheme, ErrorCodes.PreconditionFailed, ErrorCodes.ClassificationLowered, ErrorCodes.UnknownTransfer, ErrorCodes.WrongState]);
    }

    private static async Task<IResult> GetAsync(IGrainFactory grains, HttpContext context, string cc, string slug) =>
        grains.TryAgency(cc, slug, out var agency) ? Answer(context, await agency.GetAsync()) : Unknown(cc, slug);

    private static async Task<IResult> GetTotalsAsync(IGrainFactory grains, RequestCaller caller, string cc, string slug, DateOnly? from = null) =>
        grains.TryAgency(cc, slug, out var agency)
            ? (await agency.GetTotalsAsync(caller.Caller, from)).Ok(GatewayJson.Api.TotalsView)
            : Unknown(cc, slug);

    private static async Task<IResult> PutAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, string slug, JsonBody<AgencyDocument> body, IfMatch ifMatch, [OptionalKey] IdempotencyKey key) =>
        grains.TryAgency(cc, slug, out var agency)
            ? Answer(context, await agency.PutAsync(caller.Caller, key.With(body.Fingerprint), body.Value, ifMatch.Version))
            : Unknown(cc, slug);

    private static async Task<IResult> SuspendAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, string slug, JsonBody<ReasonRequest> body, [OptionalKey] IdempotencyKey key) =>
        grains.TryAgency(cc, slug, out var agency)
            ? Answer(context, await agency.SuspendAsync(caller.Caller, key.With(body.Fingerprint), body.Value.Reason ?? ""))
            : Unknown(cc, slug);

    private static async Task<IResult> ResumeAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, string slug, JsonBody<ReasonRequest> body, [OptionalKey] IdempotencyKey key) =>
        grains.TryAgency(cc, slug, out var agency)
            ? Answer(context, await agency.ResumeAsync(caller.Caller, key.With(body.Fingerprint), body.Value.Reason ?? ""))
            : Unknown(cc, slug);

    private static async Task<IResult> ListDataSetsAsync(IGrainFactory grains, RequestCaller caller, string? q = null, string? cursor = null, int limit = 50)
    {
        var page = await grains.GetGrain<IRegistryGrain>(0).ListDataSetsAsync(caller.Caller, cursor, limit, q);
        return page.IsOk
            ? TypedResults.Json(new DataSetPageResponse([.. page.Value.Items.Select(DataSetResponse.From)], page.Value.Next), GatewayJson.Api.DataSetPageResponse)
            : new ProblemResult(page.Refusal);
    }

    private static async Task<IResult> PutDataSetAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, string agency, string slug, JsonBody<DataSetDocument> body, IfMatch ifMatch, [OptionalKey] IdempotencyKey key)
    {
        if (!grains.TryAgency(cc, agency, out var owner))
        {
            return Unknown(cc, agency);
        }

        var reply = await owner.PutDataSetAsync(caller.Caller, key.With(body.Fingerprint), slug, body.Value, ifMatch.Version);
        return reply.OkWithTag(context, d => (DataSetResponse.From(d), d.Version), GatewayJson.Api.DataSetResponse);
    }

    private static IResult Answer(HttpContext context, Reply<AgencyView> reply) =>
        reply.OkWithTag(context, a => (AgencyResponse.From(a), a.Version), GatewayJson.Api.AgencyResponse);

    private static ProblemResult Unknown(string cc, string slug) => new(new Refusal(ErrorCodes.UnknownAgency, $"There is no agency '{cc}/{slug}'."));
}
