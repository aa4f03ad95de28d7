using BriData.Contracts;
using BriData.Contracts.Ledgers;
using BriData.Contracts.Transfers;
using BriData.Gateway.Http;
using BriData.Gateway.Json;
using BriData.Gateway.OpenApi;
using Microsoft.Net.Http.Headers;

namespace BriData.Gateway.Endpoints;

/// <summary>Requests for transfers and the acts on them.</summary>
internal static class TransferEndpoints
{
    private const int MaxLegalBasis = 500;

    public static RouteGroupBuilder MapTransfers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/transfers").WithTags("Transfers");
        group.MapPost("/preflight", PreflightAsync)
            .WithName("preflightTransfer").WithSummary("The decision that a request would get now, without effect.")
            .Produces<TransferPreview>()
            .Refuses(Request);
        group.MapPost("/", CreateAsync)
            .WithName("createTransfer").WithSummary("Asks for a transfer; the decision, also a denial, is recorded and answered with 201.")
            .Produces<TransferReply>(StatusCodes.Status201Created)
            .Refuses(Request, ErrorMetadataExtensions.Keyed);
        group.MapGet("/{id}", GetAsync)
            .WithName("getTransfer").WithSummary("State of a transfer; a party.")
            .Produces<TransferView>()
            .Refuses(Existing);
        group.MapGet("/{id}/explanation", ExplainAsync).WithMetadata(HeaderMetadata.AcceptLanguage)
            .WithName("explainTransfer").WithSummary("The recorded decision in words: rules, citations, duties, what is missing and what would make it lawful; the language follows Accept-Language (en, zh-CN, ru).")
            .Produces<Explanation>()
            .Refuses(Existing);
        group.MapGet("/{id}/receipt", GetReceiptAsync)
            .WithName("getReceipt").WithSummary("A tlog-proof file (C2SP) for the entry that recorded the decision; verifies offline.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .Refuses(Existing);
        group.MapPost("/{id}/erase", EraseAsync)
            .WithName("eraseTransfer").WithSummary("Destroys the payload or the texts of a transfer that is closed or delivered; the exporter's agency, or an administrator of either side's country. Proofs and receipts stay good.")
            .Produces<TransferView>()
            .Refuses(Existing, ErrorMetadataExtensions.Body, ErrorMetadataExtensions.Keyed, [ErrorCodes.RoleMissing, ErrorCodes.NotYourAgency, ErrorCodes.WrongState, ErrorCodes.ErasurePending]);
        foreach (var (path, act, summary) in new[]
        {
            ("approve", TransferAct.Approve, "Releases a transfer that waits for the caller's country's approver."),
            ("reject", TransferAct.Reject, "Refuses that release."),
            ("withdraw", TransferAct.Withdraw, "Takes the request back; the agency that asked, before delivery."),
            ("accept", TransferAct.Accept, "Confirms the delivered payload; the importer."),
            ("refuse", TransferAct.Refuse, "Refuses the delivered payload; the importer."),
        })
        {
            group.MapPost($"/{{id}}/{path}", (IGrainFactory grains, RequestCaller caller, string id, JsonBody<ReasonRequest> body, [OptionalKey] IdempotencyKey key) =>
                    ActAsync(grains, caller, id, act, body, key))
                .WithName($"{path}Transfer").WithSummary(summary)
                .Produces<TransferView>()
                .Refuses(Existing, ErrorMetadataExtensions.Body, ErrorMetadataExtensions.Keyed, [ErrorCodes.RoleMissing, ErrorCodes.NotYourAgency, ErrorCodes.WrongState, ErrorCodes.AgreementNotInForce, ErrorCodes.SecondPersonNeeded]);
        }

        return group;
    }

    /// <summary>What a route on an existing transfer may be refused with.</summary>
    internal static string[] Existing { get; } =
    [
        .. ErrorMetadataExtensions.Authenticated, .. ErrorMetadataExtensions.Platform, ErrorCodes.UnknownTransfer, ErrorCodes.RoleMissing,
    ];

    private static string[] Request { get; } =
    [
        .. ErrorMetadataExtensions.Authenticated, .. ErrorMetadataExtensions.Platform, .. ErrorMetadataExtensions.Body,
        ErrorCodes.UnknownAgreement, ErrorCodes.AgreementNotInForce, ErrorCodes.UnknownDataSet, ErrorCodes.UnknownPurpose, ErrorCodes.UnknownFact,
        ErrorCodes.InvalidFact, ErrorCodes.FactNotAssertable, ErrorCodes.RoleMissing, ErrorCodes.NotYourAgency,
    ];

    private static async Task<IResult> PreflightAsync(IGrainFactory grains, RequestCaller caller, JsonBody<TransferCreateRequest> body) =>
        !grains.TryAgreement(body.Value.Agreement, out var agreement) ? UnknownAgreement(body.Value.Agreement)
        : TooLong(body.Value) is { } refusal ? new ProblemResult(refusal)
        : (await agreement.PreflightAsync(caller.Caller, Map(body.Value))).Ok(GatewayJson.Api.TransferPreview);

    private static async Task<IResult> CreateAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, JsonBody<TransferCreateRequest> body, IdempotencyKey key)
    {
        if (!grains.TryAgreement(body.Value.Agreement, out var agreement))
        {
            return UnknownAgreement(body.Value.Agreement);
        }

        if (TooLong(body.Value) is { } refusal)
        {
            return new ProblemResult(refusal);
        }

        var reply = await agreement.RequestTransferAsync(caller.Caller, key.With(body.Fingerprint), Map(body.Value));
        return reply.Created(context, t => (t, $"/v1/transfers/{t.Id}"), GatewayJson.Api.TransferReply);
    }

    private static async Task<IResult> GetAsync(IGrainFactory grains, RequestCaller caller, string id) =>
        grains.TryTransfer(id, out var agreement, out var number)
            ? (await agreement.GetTransferAsync(caller.Caller, number)).Ok(GatewayJson.Api.TransferView)
            : Unknown(id);

    private static async Task<IResult> GetReceiptAsync(IGrainFactory grains, RequestCaller caller, string id)
    {
        var receipt = await grains.GetGrain<ILedgerGrain>(0).GetReceiptAsync(caller.Caller, id);
        return receipt.IsOk ? TypedResults.Text(receipt.Value, "text/plain; charset=utf-8") : new ProblemResult(receipt.Refusal);
    }

    private static async Task<IResult> ActAsync(
        IGrainFactory grains, RequestCaller caller, string id, TransferAct act, JsonBody<ReasonRequest> body, IdempotencyKey key) =>
        grains.TryTransfer(id, out var agreement, out var number)
            ? (await agreement.ActAsync(caller.Caller, key.With(body.Fingerprint), number, act, body.Value.Reason)).Ok(GatewayJson.Api.TransferView)
            : Unknown(id);

    private static async Task<IResult> EraseAsync(
        IGrainFactory grains, RequestCaller caller, string id, JsonBody<EraseRequest> body, [OptionalKey] IdempotencyKey key) =>
        grains.TryTransfer(id, out var agreement, out var number)
            ? (await agreement.EraseTransferAsync(caller.Caller, key.With(body.Fingerprint), number, body.Value.Classes, body.Value.Reason)).Ok(GatewayJson.Api.TransferView)
            : Unknown(id);

    private static async Task<IResult> ExplainAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, string id)
    {
        context.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        var explanation = await grains.GetGrain<IExplanationGrain>(0).ExplainAsync(caller.Caller, id, RequestLanguages.Of(context.Request));
        if (explanation.IsOk)
        {
            context.Response.Headers.ContentLanguage = explanation.Value.Language;
        }

        return explanation.Ok(GatewayJson.Api.Explanation);
    }

    private static TransferRequest Map(TransferCreateRequest r) => new(r.Agreement, r.Dataset, r.Purpose, r.LegalBasis, r.Facts ?? default, r.Importer, r.SubjectIds);

    private static Refusal? TooLong(TransferCreateRequest request) => request.LegalBasis?.Length > MaxLegalBasis
        ? new Refusal(ErrorCodes.InvalidField, $"legalBasis has more than {MaxLegalBasis} characters.")
        : null;

    private static ProblemResult UnknownAgreement(string id) => new(new Refusal(ErrorCodes.UnknownAgreement, $"There is no agreement '{id}'."));

    internal static ProblemResult Unknown(string id) => new(new Refusal(ErrorCodes.UnknownTransfer, $"There is no transfer '{id}'."));
}
