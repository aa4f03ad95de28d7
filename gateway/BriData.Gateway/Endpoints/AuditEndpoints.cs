using System.Globalization;
using BriData.Contracts;
using BriData.Contracts.Audit;
using BriData.Gateway.Http;
using BriData.Gateway.Json;
using Microsoft.AspNetCore.Mvc;

namespace BriData.Gateway.Endpoints;

/// <summary>What auditors read: search and trails.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/v1/audit").WithTags("Audit");
        audit.MapGet("/entries", SearchAsync).TakesOnly<AuditParameters>()
            .WithName("searchEntries").WithSummary("Ledger entries of which the auditor's country is a party, newest first.")
            .Produces<AuditPageView>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing, ErrorCodes.InvalidField, ErrorCodes.InvalidCursor]);
        audit.MapGet("/transfers/{id}", TrailAsync)
            .WithName("getTrail").WithSummary("Every entry of one exchange, oldest first, with its exact bytes.")
            .Produces<AuditTrailView>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing, ErrorCodes.UnknownTransfer]);
    }

    private static async Task<IResult> SearchAsync(IGrainFactory grains, RequestCaller caller, [AsParameters] AuditParameters parameters)
    {
        var question = Question(parameters);
        return question.IsOk
            ? (await grains.GetGrain<IAuditGrain>(0).SearchAsync(caller.Caller, question.Value)).Ok(GatewayJson.Api.AuditPageView)
            : new ProblemResult(question.Refusal);
    }

    /// <summary>The question that query parameters ask.</summary>
    internal static Reply<AuditQuestion> Question(AuditParameters parameters)
    {
        if (!TryTime(parameters.From, out var from) || !TryTime(parameters.To, out var to))
        {
            return new Refusal(ErrorCodes.InvalidField, "from and to are RFC 3339 times.");
        }

        return new AuditQuestion
        {
            Country = parameters.Country,
            Agency = parameters.Agency,
            Agreement = parameters.Agreement,
            DataSet = parameters.Dataset,
            Outcome = parameters.Outcome,
            Rule = parameters.Rule,
            Obligation = parameters.Obligation,
            Officer = parameters.Officer,
            Kind = parameters.Kind,
            Transfer = parameters.Transfer,
            From = from,
            To = to,
            Text = parameters.Q,
            Limit = parameters.Limit ?? 50,
            Cursor = parameters.Cursor,
        };
    }

    private static async Task<IResult> TrailAsync(IGrainFactory grains, RequestCaller caller, string id) =>
        (await grains.GetGrain<IAuditGrain>(0).GetTrailAsync(caller.Caller, id)).Ok(GatewayJson.Api.AuditTrailView);

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
        [FromQuery] string? Obligation,
        [FromQuery] string? Officer,
        [FromQuery] string? Kind,
        [FromQuery] string? Transfer,
        [FromQuery] string? From,
        [FromQuery] string? To,
        [FromQuery] string? Q,
        [FromQuery] int? Limit,
        [FromQuery] string? Cursor);
}
