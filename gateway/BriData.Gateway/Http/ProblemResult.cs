using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BriData.Contracts;
using BriData.Gateway.Json;
using Microsoft.Net.Http.Headers;

namespace BriData.Gateway.Http;

/// <summary>Answers with a problem document.</summary>
internal sealed class ProblemResult(Refusal refusal) : IResult
{
    private const int RetryAfterSeconds = 2;

    public Refusal Refusal => refusal;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (status, title) = ProblemCatalogue.Of(refusal.Code);
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";

        // The route may have spoken of the answer that it meant to give; this one is neither compressed nor a version of it.
        response.Headers.Remove(HeaderNames.ContentEncoding);
        response.Headers.Remove(HeaderNames.ETag);
        if (status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
        {
            response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        if (status == StatusCodes.Status401Unauthorized)
        {
            response.Headers[HeaderNames.WWWAuthenticate] = $"Bearer error=\"invalid_token\", error_description=\"{refusal.Code}\"";
        }

        httpContext.Features.Set(refusal);
        var problem = new Problem(
            $"urn:bridata:problem:{refusal.Code}", title, status, refusal.Detail, refusal.Code, refusal.Fields, Activity.Current?.TraceId.ToHexString());
        return JsonSerializer.SerializeAsync(response.Body, problem, GatewayJson.Api.Problem, httpContext.RequestAborted);
    }
}
