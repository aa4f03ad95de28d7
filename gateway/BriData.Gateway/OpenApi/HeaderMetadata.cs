namespace BriData.Gateway.OpenApi;

/// <summary>A request header that a route reads itself, for the description of the API.</summary>
internal sealed record HeaderMetadata(string Name, string Description)
{
    /// <summary>Of routes that answer in words (<see cref="Http.RequestLanguages"/>).</summary>
    public static HeaderMetadata AcceptLanguage { get; } = new("Accept-Language", "Languages of the words, most wanted by quality (RFC 9110 section 12.5.4); those there are: en, zh-CN, ru.");
}
