using System.Globalization;
using BriData.Contracts;
using BriData.Contracts.Audit;
using BriData.Contracts.Ledgers;
using BriData.Contracts.Rules;
using BriData.Gateway.Http;
using BriData.Gateway.Json;
using Microsoft.AspNetCore.Mvc;

namespace BriData.Gateway.Endpoints;

/// <summary>What auditors read: search, trails, ledgers.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/v1/audit").WithTags("Audit");
        audit.MapGet("/entries", SearchAsync)
            .WithName("searchEntries").WithSummary("Ledger entries of which the auditor's country is a party, newest first.")
            .Produces<AuditPageView>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing, ErrorCodes.InvalidField, ErrorCodes.InvalidCursor]);
        audit.MapGet("/transfers/{id}", TrailAsync)
            .WithName("getTrail").WithSummary("Every entry of one exchange, oldest first, with its exact bytes.")
            .Produces<AuditTrailView>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing, ErrorCodes.UnknownTransfer]);

        var ledgers = routes.MapGroup("/v1/ledgers").WithTags("Ledgers");
        ledgers.MapGet("/", ListLedgersAsync)
            .WithName("listLedgers").WithSummary("Ledgers of which the auditor's country is a party, with their verifier keys.")
            .Produces<LedgerList>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing]);
        ledgers.MapGet("/{kind}/{id}/checkpoint", CheckpointAsync)
            .WithName("getCheckpoint").WithSummary("The signed checkpoint of the durable head (C2SP tlog-checkpoint).")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing, ErrorCodes.UnknownLedger]);
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

    private static async Task<IResult> SearchAsync(IGrainFactory grains, RequestCaller caller, [AsParameters] AuditParameters parameters)
    {
        if (!TryTime(parameters.From, out var from) || !TryTime(parameters.To, out var to))
        {
            return new ProblemResult(new Refusal(ErrorCodes.InvalidField, "from and to are RFC 3339 times."));
        }

        var question = new AuditQuestion
        {
            Country = parameters.Country,
            Agency = parameters.Agency,
            Agreement = parameters.Agreement,
            DataSet = parameters.Dataset,
            Outcome = parameters.Outcome,
            Rule = parameters.Rule,
            From = from,
            To = to,
            Text = parameters.Q,
            Limit = parameters.Limit ?? 50,
            Cursor = parameters.Cursor,
        };
        return (await grains.GetGrain<IAuditGrain>(0).SearchAsync(caller.Caller, question)).Ok(GatewayJson.Api.AuditPageView);
    }

    private static async Task<IResult> TrailAsync(IGrainFactory grains, RequestCaller caller, string id) =>
        (await grains.GetGrain<IAuditGrain>(0).GetTrailAsync(caller.Caller, id)).Ok(GatewayJson.Api.AuditTrailView);

    private static async Task<IResult> ListLedgersAsync(IGrainFactory grains, RequestCaller caller) =>
        (await grains.GetGrain<ILedgerGrain>(0).ListAsync(caller.Caller)).Ok(GatewayJson.Api.LedgerList);

    private static async Task<IResult> CheckpointAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, string kind, string id)
    {
        var checkpoint = await grains.GetGrain<ILedgerGrain>(0).GetCheckpointAsync(caller.Caller, $"{kind}/{id}");
        if (!checkpoint.IsOk)
        {
            return new ProblemResult(checkpoint.Refusal);
        }

        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Text(checkpoint.Value, "text/plain; charset=utf-8");
    }

    private static bool TryTime(string? text, out DateTimeOffset? time)
    {
        time = null;
        if (text is null)
        {
            return true;
        }

        var ok = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed);
        time = parsed;
        return ok;
    }

    /// <summary>The query parameters of a search.</summary>
    internal sealed record AuditParameters(
        [FromQuery] string? Country,
        [FromQuery] string? Agency,
        [FromQuery] string? Agreement,
        [FromQuery] string? Dataset,
        [FromQuery] string? Outcome,
        [FromQuery] string? Rule,
        [FromQuery] string? From,
        [FromQuery] string? To,
        [FromQuery] string? Q,
        [FromQuery] int? Limit,
        [FromQuery] string? Cursor);
}
