using BriData.Contracts;
using BriData.Contracts.Audit;
using BriData.Gateway.Http;
using BriData.Gateway.Json;

namespace BriData.Gateway.Endpoints;

/// <summary>What auditors have read, and what they take away.</summary>
internal static class AccessEndpoints
{
    private const string Csv = "text/csv";

    public static void MapAccesses(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/v1/audit").WithTags("Audit");
        audit.MapGet("/accesses", ListAsync)
            .WithName("listAccesses").WithSummary("What auditors and regulators of the caller's country have read, newest first; reading this is recorded too.")
            .Produces<AccessPage>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing, ErrorCodes.InvalidField, ErrorCodes.InvalidCursor]);
        audit.MapGet("/export", ExportAsync).TakesOnly<AuditEndpoints.AuditConditions>("format")
            .WithName("exportEntries").WithSummary("Everything a search finds, as an evidence pack with proofs (format=ndjson) or as a table (format=csv); its digest is on the country's access ledger.")
            .Produces<string>(StatusCodes.Status200OK, NdjsonResult<object>.MediaType, Csv)
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing, ErrorCodes.InvalidField]);
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains, RequestCaller caller, string? cursor = null, int limit = 50) =>
        (await grains.GetGrain<IAccessGrain>(0).ListAsync(caller.Caller, cursor, limit)).Ok(GatewayJson.Api.AccessPage);

    private static async Task<IResult> ExportAsync(
        IGrainFactory grains, HttpContext context, RequestCaller caller, [AsParameters] AuditEndpoints.AuditConditions conditions, string format = "ndjson")
    {
        if (format is not ("ndjson" or "csv"))
        {
            return new ProblemResult(new Refusal(ErrorCodes.InvalidField, "format is ndjson or csv."));
        }

        var question = AuditEndpoints.Question(conditions);
        if (!question.IsOk)
        {
            return new ProblemResult(question.Refusal);
        }

        var grain = grains.GetGrain<IExportGrain>(Guid.NewGuid());
        var kind = format == "csv" ? ExportFormat.Csv : ExportFormat.Evidence;
        var begun = await grain.BeginAsync(caller.Caller, question.Value, kind);
        return begun.IsOk
            ? new ExportResult(
                grain.ReadAsync(context.RequestAborted),
                kind == ExportFormat.Csv ? $"{Csv}; charset=utf-8" : NdjsonResult<object>.MediaType,
                kind == ExportFormat.Csv ? "entries.csv" : "evidence.ndjson")
            : new ProblemResult(begun.Refusal);
    }
}
