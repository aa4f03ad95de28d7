using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Gateway.Authentication;
using BriData.Gateway.Http;
using BriData.Gateway.Json;

namespace BriData.Gateway.Endpoints;

/// <summary>The register of countries, their classification schemes, issuers and rule packs.</summary>
internal static class CountryEndpoints
{
    public static RouteGroupBuilder MapCountries(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/countries").WithTags("Countries").AddEndpointFilter<StandingFilter>();
        group.MapGet("/", ListAsync)
            .WithName("listCountries").WithSummary("The ISO 3166 register; members take part in the platform.")
            .Produces<CountryPage>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.InvalidField]);
        group.MapGet("/{cc}", GetAsync)
            .WithName("getCountry").WithSummary("One country.")
            .Produces<CountryView>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.UnknownCountry]);
        group.MapGet("/{cc}/classification-scheme", GetSchemeAsync)
            .WithName("getClassificationScheme").WithSummary("The country's levels and their mapping to the neutral ladder.")
            .Produces<SchemeView>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.UnknownCountry, ErrorCodes.CountryNotMember, ErrorCodes.InvalidScheme]);
        group.MapPut("/{cc}/classification-scheme", PutSchemeAsync)
            .WithName("putClassificationScheme").WithSummary("Replaces the scheme; an administrator of the country.")
            .Accepts<object>("application/json").Produces<Acknowledgement>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Body, ErrorMetadataExtensions.Keyed, Administration, [ErrorCodes.InvalidScheme, ErrorCodes.PreconditionFailed]);
        group.MapPut("/{cc}/issuers", PutIssuersAsync)
            .WithName("putIssuers").WithSummary("Replaces the identity issuers the country vouches for; an administrator of the country.")
            .Produces<Acknowledgement>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Body, ErrorMetadataExtensions.Keyed, Administration, [ErrorCodes.PreconditionFailed]);
        group.MapGet("/{cc}/issuers", GetIssuersAsync)
            .WithName("getIssuers").WithSummary("The identity issuers the country vouches for; an administrator of the country.")
            .Produces<IssuerList>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing, ErrorCodes.UnknownCountry, ErrorCodes.CountryNotMember]);
        group.MapGet("/{cc}/witnesses", GetWitnessesAsync)
            .WithName("getWitnesses").WithSummary("The witnesses that the country has named for its ledgers.")
            .Produces<WitnessList>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.UnknownCountry, ErrorCodes.CountryNotMember]);
        group.MapPut("/{cc}/witnesses", PutWitnessesAsync)
            .WithName("putWitnesses").WithSummary("Replaces the witnesses that must cosign the country's ledgers and agreements (C2SP tlog-witness); an administrator of the country.")
            .Produces<Acknowledgement>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, ErrorMetadataExtensions.Body, ErrorMetadataExtensions.Keyed, Administration, [ErrorCodes.PreconditionFailed]);
        return group;
    }

    /// <summary>What an act of a country's administrator may be refused with.</summary>
    internal static string[] Administration { get; } =
    [
        ErrorCodes.RoleMissing, ErrorCodes.UnknownCountry, ErrorCodes.CountryNotMember, ErrorCodes.PublicationPending,
    ];

    private static async Task<IResult> ListAsync(IGrainFactory grains, string? cursor = null, int limit = 250, bool members = false) =>
        (await grains.GetGrain<IRegistryGrain>(0).ListCountriesAsync(cursor, limit, members)).Ok(GatewayJson.Api.CountryPage);

    private static async Task<IResult> GetAsync(IGrainFactory grains, string cc) =>
        (await grains.Country(cc).GetAsync()).Ok(GatewayJson.Api.CountryView);

    private static async Task<IResult> GetSchemeAsync(IGrainFactory grains, HttpContext context, string cc) =>
        (await grains.Country(cc).GetSchemeAsync()).OkWithTag(context, s => (s.Document, s.Version), GatewayJson.Api.JsonText);

    private static async Task<IResult> PutSchemeAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, IfMatch ifMatch, [OptionalKey] IdempotencyKey key)
    {
        var (body, refusal) = await RequestBody.ReadAsync(context.Request, BodyLimits.SchemeBytes, context.RequestAborted);
        return refusal is not null
            ? new ProblemResult(refusal)
            : (await grains.Country(cc).PutSchemeAsync(caller.Caller, key.With(RequestBody.Fingerprint(context.Request, body!)), body, ifMatch.Version))
                .OkWithTag(context, a => (a, a.Version), GatewayJson.Api.Acknowledgement);
    }

    private static async Task<IResult> GetWitnessesAsync(IGrainFactory grains, HttpContext context, string cc) =>
        (await grains.Country(cc).GetWitnessesAsync()).OkWithTag(context, w => (w.List, w.Version), GatewayJson.Api.WitnessList);

    private static async Task<IResult> PutWitnessesAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, JsonBody<WitnessList> body, IfMatch ifMatch, [OptionalKey] IdempotencyKey key) =>
        (await grains.Country(cc).PutWitnessesAsync(caller.Caller, key.With(body.Fingerprint), body.Value, ifMatch.Version))
            .OkWithTag(context, a => (a, a.Version), GatewayJson.Api.Acknowledgement);

    private static async Task<IResult> GetIssuersAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, string cc) =>
        (await grains.Country(cc).ReadIssuersAsync(caller.Caller)).OkWithTag(context, i => (i.List, i.Version), GatewayJson.Api.IssuerList);

    private static async Task<IResult> PutIssuersAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, string cc, JsonBody<IssuerList> body, IfMatch ifMatch, [OptionalKey] IdempotencyKey key) =>
        (await grains.Country(cc).PutIssuersAsync(caller.Caller, key.With(body.Fingerprint), body.Value, ifMatch.Version))
            .OkWithTag(context, a => (a, a.Version), GatewayJson.Api.Acknowledgement);
}
