using System.Text.Json.Serialization.Metadata;
using BriData.Contracts;
using Microsoft.Net.Http.Headers;

namespace BriData.Gateway.Http;

/// <summary>From a grain's reply to an HTTP result.</summary>
internal static class Replies
{
    public static IResult Ok<T>(this Reply<T> reply, JsonTypeInfo<T> type) =>
        reply.IsOk ? TypedResults.Json(reply.Value, type) : new ProblemResult(reply.Refusal);

    /// <summary>200 with an ETag made of the version.</summary>
    public static IResult OkWithTag<T, TBody>(this Reply<T> reply, HttpContext context, Func<T, (TBody Body, int Version)> map, JsonTypeInfo<TBody> type)
    {
        if (!reply.IsOk)
        {
            return new ProblemResult(reply.Refusal);
        }

        var (body, version) = map(reply.Value);
        context.Response.Headers.ETag = Etags.Of(version);
        return TypedResults.Json(body, type);
    }

    /// <summary>201 with a Location.</summary>
    public static IResult Created<T, TBody>(this Reply<T> reply, HttpContext context, Func<T, (TBody Body, string Location)> map, JsonTypeInfo<TBody> type)
    {
        if (!reply.IsOk)
        {
            return new ProblemResult(reply.Refusal);
        }

        var (body, location) = map(reply.Value);
        context.Response.Headers[HeaderNames.Location] = location;
        return TypedResults.Json(body, type, statusCode: StatusCodes.Status201Created);
    }
}
