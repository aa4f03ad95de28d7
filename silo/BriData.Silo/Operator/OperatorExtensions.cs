using BriData.Ledger.Audit;
using BriData.Ledger.Storage;
using BriData.Silo.Audit;

namespace BriData.Silo.Operator;

/// <summary>What the operator does to a running host, from its own machine only. No role of a country opens it.</summary>
public static class OperatorExtensions
{
    /// <summary>
    /// <c>GET /operator/audit-index</c> tells how the index stands; <c>POST /operator/audit-index/rebuild</c> builds it again while
    /// it serves, and answers 202 at once with the same document. To others than this machine the routes do not exist.
    /// </summary>
    public static void MapBriDataOperator(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/operator/audit-index").AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
        audit.AddEndpointFilter(static async (context, next) => ThisMachine.Asks(context.HttpContext) ? await next(context) : TypedResults.NotFound());
        audit.MapGet("", StatusAsync);
        audit.MapPost("/rebuild", RebuildAsync);
    }

    private static async Task<IResult> StatusAsync(
        ILedgerStore store, IAuditIndex index, AuditRebuildService rebuild, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Json(await ReadAsync(store, index, rebuild, time, cancellationToken), OperatorJson.Default.AuditIndexStatus);

    private static async Task<IResult> RebuildAsync(
        ILedgerStore store, IAuditIndex index, AuditRebuildService rebuild, TimeProvider time, CancellationToken cancellationToken)
    {
        rebuild.Request();
        var status = await ReadAsync(store, index, rebuild, time, cancellationToken);
        return TypedResults.Json(status, OperatorJson.Default.AuditIndexStatus, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<AuditIndexStatus> ReadAsync(
        ILedgerStore store, IAuditIndex index, AuditRebuildService rebuild, TimeProvider time, CancellationToken cancellationToken)
    {
        var lag = await new AuditLagMeter(store, index, time).MeasureAsync(cancellationToken);
        var progress = await index.GetProgressAsync(cancellationToken);
        return new AuditIndexStatus(progress.Values.Sum(), progress.Count, lag.Entries, lag.SecondsAt(time.GetUtcNow()), rebuild.State);
    }
}
