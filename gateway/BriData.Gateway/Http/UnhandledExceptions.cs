using BriData.Contracts;
using BriData.Grains.EventSourcing;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace BriData.Gateway.Http;

/// <summary>
/// What no handler foresaw becomes a problem without a stack trace; the log keeps the exception. A lost reply from a silo is
/// an unknown outcome, never a failure.
/// </summary>
internal sealed partial class UnhandledExceptions(ILogger<UnhandledExceptions> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var refusal = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Refusal(ErrorCodes.BodyTooLarge, "The body is too large."),
            BadHttpRequestException bad => new Refusal(ErrorCodes.InvalidField, Parameter(bad)),
            // Without the ledger's name, which need not be the caller's to know.
            LedgerStoreException store => LedgerRefusals.Unnamed(store.Reason),
            AuditIndexException index => LedgerRefusals.Unnamed(index.Reason),
            TimeoutException => new Refusal(ErrorCodes.OutcomeUnknown, "No answer came in time. Repeat the request with the same Idempotency-Key."),
            OrleansException => new Refusal(ErrorCodes.ClusterUnavailable, "The silos cannot be reached."),
            _ => new Refusal(ErrorCodes.InternalError, "The request could not be served. The operator's log has the reason under this traceId."),
        };
        if (refusal.Code == ErrorCodes.InternalError)
        {
            LogUnhandled(logger, exception, httpContext.Request.Method, httpContext.Request.Path);
        }

        await new ProblemResult(refusal).ExecuteAsync(httpContext);
        return true;
    }

    // The framework's message names the parameter and its type, nothing of the platform's inside.
    private static string Parameter(BadHttpRequestException exception) => exception.Message;

    [LoggerMessage(1001, LogLevel.Error, "{Method} {Path} failed")]
    private static partial void LogUnhandled(ILogger logger, Exception exception, string method, string path);
}
