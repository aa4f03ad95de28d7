using BriData.Contracts;
using BriData.Contracts.Ledgers;
using BriData.Contracts.Rules;
using BriData.Gateway.Http;
using BriData.Gateway.Json;

namespace BriData.Gateway.Endpoints;

/// <summary>Ledgers, for auditors of their parties.</summary>
internal static class LedgerEndpoints
{
    public static void MapLedgers(this IEndpointRouteBuilder routes)
    {
        var ledgers = routes.MapGroup("/v1/ledgers").WithTags("Ledgers");
        ledgers.MapGet("/", ListAsync)
            .WithName("listLedgers").WithSummary("Ledgers of which the auditor's country is a party, with their verifier keys.")
            .Produces<LedgerList>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing]);
        ledgers.MapGet("/{kind}/{id}/checkpoint", CheckpointAsync)
            .WithName("getCheckpoint").WithSummary("The signed checkpoint of the durable head (C2SP tlog-checkpoint).")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing, ErrorCodes.UnknownLedger]);
        ledgers.MapGet("/{kind}/{id}/checkpoint/witnessed", WitnessedAsync)
            .WithName("getWitnessedCheckpoint").WithSummary("The newest checkpoint that the witnesses named by the ledger's parties have cosigned (C2SP tlog-cosignature); it may lie behind the head.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing, ErrorCodes.UnknownLedger, ErrorCodes.NotWitnessed]);
        ledgers.MapTiles();
        ledgers.MapGet("/{kind}/{id}/replay", ReplayAsync)
            .WithName("replayLedger").WithSummary("Makes the recorded decisions with an index in [from, to) again under the rules of their day and lists those that come out otherwise (none, unless something is wrong); newline-delimited JSON with progress.")
            .Produces<ReplayLine>(StatusCodes.Status200OK, NdjsonResult<ReplayLine>.MediaType)
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing, ErrorCodes.UnknownLedger, ErrorCodes.InvalidField]);
    }

    private static async Task<IResult> ReplayAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, string kind, string id, long from = 0, long? to = null)
    {
        if (from < 0 || to < from)
        {
            return new ProblemResult(new Refusal(ErrorCodes.InvalidField, "from is an index, to one that is not before it."));
        }

        var trial = grains.GetGrain<IRuleTrialGrain>(Guid.NewGuid());
        var ledger = $"{kind}/{id}";
        var may = await trial.MayReplayAsync(caller.Caller, ledger);
        return may.IsOk
            ? new NdjsonResult<ReplayLine>(trial.ReplayAsync(caller.Caller, ledger, from, to ?? long.MaxValue, context.RequestAborted), GatewayJson.Api.ReplayLine)
            : new ProblemResult(may.Refusal);
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains, RequestCaller caller) =>
        (await grains.GetGrain<ILedgerGrain>(0).ListAsync(caller.Caller)).Ok(GatewayJson.Api.LedgerList);

    private static async Task<IResult> CheckpointAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, string kind, string id) =>
        CheckpointResult(context, await grains.GetGrain<ILedgerGrain>(0).GetCheckpointAsync(caller.Caller, $"{kind}/{id}"));

    private static async Task<IResult> WitnessedAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, string kind, string id) =>
        CheckpointResult(context, await grains.GetGrain<ILedgerGrain>(0).GetWitnessedCheckpointAsync(caller.Caller, $"{kind}/{id}"));

    private static IResult CheckpointResult(HttpContext context, Reply<string> checkpoint)
    {
        if (!checkpoint.IsOk)
        {
            return new ProblemResult(checkpoint.Refusal);
        }

        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Text(checkpoint.Value, "text/plain; charset=utf-8");
    }
}
