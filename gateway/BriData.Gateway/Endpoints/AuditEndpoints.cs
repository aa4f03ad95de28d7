using System.Globalization;
using System.Text.RegularExpressions;
using BriData.Contracts;
using BriData.Contracts.Audit;
using BriData.Gateway.Http;
using BriData.Gateway.Json;
using Microsoft.AspNetCore.Mvc;

namespace BriData.Gateway.Endpoints;

/// <summary>What auditors read: search and trails.</summary>
internal static partial class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/v1/audit").WithTags("Audit");
        audit.MapGet("/entries", SearchAsync).TakesOnly<AuditConditions>("limit", "cursor")
            .WithName("searchEntries").WithSummary("Ledger entries of which the auditor's country is a party, newest first.")
            .Produces<AuditPageView>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing, ErrorCodes.InvalidField, ErrorCodes.InvalidCursor]);
        audit.MapGet("/transfers/{id}", TrailAsync)
            .WithName("getTrail").WithSummary("Every entry of one exchange, oldest first, with its exact bytes.")
            .Produces<AuditTrailView>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing, ErrorCodes.UnknownTransfer]);
    }

    private static async Task<IResult> SearchAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, [AsParameters] AuditConditions conditions, int limit = 50, string? cursor = null)
    {
        var question = Question(conditions);
        return question.IsOk
            ? (await grains.GetGrain<IAuditGrain>(0).SearchAsync(caller.Caller, question.Value with { Limit = limit, Cursor = cursor }, context.RequestAborted)).Ok(GatewayJson.Api.AuditPageView)
            : new ProblemResult(question.Refusal);
    }

    /// <summary>The question that conditions ask.</summary>
    internal static Reply<AuditQuestion> Question(AuditConditions conditions)
    {
        if (!TryTime(conditions.From, out var from) || !TryTime(conditions.To, out var to))
        {
            return new Refusal(ErrorCodes.InvalidField, "from and to are RFC 3339 times.");
        }

        return new AuditQuestion
        {
            Country = conditions.Country,
            Agency = conditions.Agency,
            Agreement = conditions.Agreement,
            DataSet = conditions.Dataset,
            Outcome = conditions.Outcome,
            Rule = conditions.Rule,
            Obligation = conditions.Obligation,
            Officer = conditions.Officer,
            Kind = conditions.Kind,
            Transfer = conditions.Transfer,
            From = from,
            To = to,
            Text = conditions.Q,
        };
    }

    private static async Task<IResult> TrailAsync(IGrainFactory grains, RequestCaller caller, string id) =>
        (await grains.GetGrain<IAuditGrain>(0).GetTrailAsync(caller.Caller, id)).Ok(GatewayJson.Api.AuditTrailView);

    /// <summary>
    /// A time as RFC 3339 section 5.6 writes it, up to seven places behind the second. Whatever else a culture might take for one
    /// is refused: a day and a month that change places would change what is found.
    /// </summary>
    private static bool TryTime(string? text, out DateTimeOffset? time)
    {
        time = null;
        if (text is null)
        {
            return true;
        }

        var ok = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) && Rfc3339().IsMatch(text);
        time = parsed;
        return ok;
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?(Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Rfc3339();

    /// <summary>The query parameters that say what is looked for.</summary>
    internal sealed record AuditConditions(
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
        [FromQuery] string? Q);
}
