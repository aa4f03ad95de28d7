namespace BriData.Gateway.OpenApi;

/// <summary>A request header that a route reads itself, for the description of the API.</summary>
internal sealed record HeaderMetadata(string Name, string Description);
