using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Transfers;
using BriData.Gateway.Http;
using BriData.Gateway.Json;
using BriData.Gateway.OpenApi;
using BriData.Ledger.Erasure;
using BriData.Ledger.Payloads;
using Microsoft.AspNetCore.Http.Features;

namespace BriData.Gateway.Endpoints;

/// <summary>Payload bytes, streamed between the caller and the store of the exporter's jurisdiction.</summary>
internal static class PayloadEndpoints
{
    private const string DigestHeader = ReprDigest.Header;

    public static void MapPayloads(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/transfers/{id}/payload").WithTags("Payloads");
        group.MapPut("/", PutAsync)
            .WithMetadata(new HeaderMetadata(DigestHeader, "SHA-256 of the payload (RFC 9530), checked when sent."))
            .WithName("depositPayload").WithSummary("Deposits the payload; the exporter. Repr-Digest (RFC 9530, sha-256) is checked when sent.")
            .Accepts<Stream>("application/octet-stream", "*/*").Produces<TransferView>()
            .Refuses(TransferEndpoints.Existing, [ErrorCodes.RoleMissing, ErrorCodes.NotYourAgency, ErrorCodes.WrongState, ErrorCodes.AgreementNotInForce, ErrorCodes.PayloadTooLarge, ErrorCodes.PayloadDigestMismatch, ErrorCodes.PayloadStorageUnavailable, ErrorCodes.PayloadErased, ErrorCodes.TransferStopped, ErrorCodes.InvalidField]);
        group.MapGet("/", GetAsync)
            .WithMetadata(new HeaderMetadata("Range", "One byte range (RFC 9110); several are answered with the whole."))
            .WithMetadata(new HeaderMetadata("If-Range", "Serves the range only when this is the payload's ETag. Other conditions are not evaluated."))
            .WithName("collectPayload").WithSummary("Collects the payload; the importer. The release is recorded before the first byte leaves. Single ranges.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .Produces(StatusCodes.Status206PartialContent, contentType: "application/octet-stream")
            .Refuses(TransferEndpoints.Existing, [ErrorCodes.RoleMissing, ErrorCodes.NotYourAgency, ErrorCodes.WrongState, ErrorCodes.AgreementNotInForce, ErrorCodes.PayloadMissing, ErrorCodes.RangeNotSatisfiable, ErrorCodes.PayloadStorageUnavailable, ErrorCodes.PayloadErased, ErrorCodes.TransferStopped]);
    }

    private static async Task<IResult> PutAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, SealedPayloads store, string id)
    {
        if (!grains.TryTransfer(id, out var agreement, out var number))
        {
            return TransferEndpoints.Unknown(id);
        }

        var ticket = await agreement.MayDepositAsync(caller.Caller, number);
        if (!ticket.IsOk)
        {
            return new ProblemResult(ticket.Refusal);
        }

        if (context.Request.ContentLength > ticket.Value.MaxBytes)
        {
            return TooLarge(ticket.Value.MaxBytes);
        }

        // The agreement sets the limit here, not the server.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        try
        {
            var staged = await store.StageAsync(ticket.Value.Jurisdiction, context.Request.Body, ticket.Value.MaxBytes, context.RequestAborted);
            return await RecordAsync(context, caller, store, agreement, number, staged);
        }
        catch (PayloadTooLargeException e)
        {
            return TooLarge(e.MaxBytes);
        }
        catch (PayloadStoreException e)
        {
            return new ProblemResult(new Refusal(ErrorCodes.PayloadStorageUnavailable, e.StorageFull ? "The payload storage is full." : "The payload storage cannot be written."));
        }
        catch (ValueKeyStoreException)
        {
            return NoKeys();
        }
        catch (BadHttpRequestException)
        {
            return new ProblemResult(new Refusal(ErrorCodes.InvalidField, "The body broke off."));
        }
    }

    private static async Task<IResult> RecordAsync(
        HttpContext context, RequestCaller caller, SealedPayloads store, IAgreementGrain agreement, long number, SealedPayload staged)
    {
        if (!ReprDigest.Matches(context.Request.Headers[DigestHeader], staged.Sha256))
        {
            await store.DiscardAsync(staged);
            return new ProblemResult(new Refusal(ErrorCodes.PayloadDigestMismatch, $"The payload's SHA-256 is {staged.Sha256}."));
        }

        // At rest first, on record second: a recorded payload is always there. What was not recorded is removed; after a
        // crash in between it is unreachable, since nobody knows its reference, and the daily sweep removes it.
        await store.PublishAsync(staged);
        var mediaType = PayloadMediaType.Of(context.Request.ContentType);
        var reply = await agreement.RecordDepositAsync(
            caller.Caller, number, new PayloadDescriptor(staged.Jurisdiction, staged.Reference, staged.Size, staged.Sha256.ToString(), mediaType, staged.KeyId));
        var unneeded = reply.IsOk
            ? reply.Value.Reference != staged.Reference
            : reply.Refusal.Code is not (ErrorCodes.OutcomeUnknown or ErrorCodes.ClusterUnavailable);
        if (unneeded)
        {
            await store.DiscardAsync(staged);
        }

        return reply.IsOk ? TypedResults.Json(reply.Value.Transfer, GatewayJson.Api.TransferView) : new ProblemResult(reply.Refusal);
    }

    private static async Task<IResult> GetAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, SealedPayloads store, string id)
    {
        if (!grains.TryTransfer(id, out var agreement, out var number))
        {
            return TransferEndpoints.Unknown(id);
        }

        var view = await agreement.GetTransferAsync(caller.Caller, number);
        if (!view.IsOk)
        {
            return new ProblemResult(view.Refusal);
        }

        var range = SingleRange.Of(context.Request, view.Value.Payload);
        if (range is { IsSatisfiable: false })
        {
            context.Response.Headers.ContentRange = $"bytes */{view.Value.Payload?.Size ?? 0}";
            return new ProblemResult(new Refusal(ErrorCodes.RangeNotSatisfiable, $"The payload has {view.Value.Payload?.Size ?? 0} bytes."));
        }

        var released = await agreement.RecordDeliveryAsync(caller.Caller, number, range?.ToContract());
        if (!released.IsOk)
        {
            return new ProblemResult(released.Refusal);
        }

        var payload = released.Value;
        try
        {
            var opened = await store.OpenAsync(payload.Jurisdiction, payload.Reference, payload.Key ?? "", payload.Size, context.RequestAborted);
            if (opened.Content is { } content)
            {
                return new PayloadResult(content, payload, range);
            }

            if (opened.ErasedAt is not null)
            {
                return new ProblemResult(new Refusal(ErrorCodes.PayloadErased, $"The payload of '{id}' was erased."));
            }
        }
        catch (ValueKeyStoreException)
        {
            return NoKeys();
        }
        catch (PayloadStoreException)
        {
            // Answered as one that is not there.
        }

        return new ProblemResult(new Refusal(ErrorCodes.PayloadStorageUnavailable, "The payload cannot be read from its storage."));
    }

    private static ProblemResult NoKeys() => new(new Refusal(ErrorCodes.KeysUnavailable, "The keys of payloads cannot be reached."));

    private static ProblemResult TooLarge(long maxBytes) => new(new Refusal(ErrorCodes.PayloadTooLarge, $"The payload has more than {maxBytes} bytes."));
}
