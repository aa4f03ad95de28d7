using System.Collections.Immutable;

namespace BriData.Gateway.Http;

/// <summary>The languages a client wants (<c>Accept-Language</c>, RFC 9110 section 12.5.4), most wanted first.</summary>
internal static class RequestLanguages
{
    private const int Most = 10;

    public static ImmutableArray<string> Of(HttpRequest request) =>
        [.. request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality is not 0 && language.Value is { HasValue: true, Value: not "*" })
            .OrderByDescending(language => language.Quality ?? 1)
            .Take(Most)
            .Select(language => language.Value.Value!)];
}
