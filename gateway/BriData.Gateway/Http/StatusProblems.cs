using BriData.Contracts;

namespace BriData.Gateway.Http;

/// <summary>Gives a problem document to answers that routing made without one: no such route, wrong method, wrong media type.</summary>
internal static class StatusProblems
{
    public static IApplicationBuilder UseStatusProblems(this IApplicationBuilder app) => app.UseStatusCodePages(context =>
    {
        var http = context.HttpContext;
        var refusal = http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => new Refusal(ErrorCodes.RouteNotFound, $"There is no route {http.Request.Path}."),
            StatusCodes.Status405MethodNotAllowed => new Refusal(ErrorCodes.MethodNotAllowed, $"{http.Request.Method} is not allowed on {http.Request.Path}."),
            StatusCodes.Status412PreconditionFailed => new Refusal(ErrorCodes.PreconditionFailed, "If-Match does not name this document."),
            StatusCodes.Status415UnsupportedMediaType => new Refusal(ErrorCodes.UnsupportedMediaType, "The media type is not accepted here."),
            StatusCodes.Status413PayloadTooLarge => new Refusal(ErrorCodes.BodyTooLarge, "The body is too large."),
            StatusCodes.Status400BadRequest => new Refusal(ErrorCodes.InvalidField, "The request could not be read."),
            _ => null,
        };
        return refusal is null || http.Request.Path.StartsWithSegments("/health") ? Task.CompletedTask : new ProblemResult(refusal).ExecuteAsync(http);
    });
}
