using System.ComponentModel.DataAnnotations;

namespace BriData.Gateway.Hosting;

/// <summary>Settings of the gateway, section <c>BriData:Gateway</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>Requests served at once; more wait in <see cref="MaxQueuedRequests"/>. Default 2,048.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrentRequests { get; set; } = 2_048;

    /// <summary>Requests that may wait; more get 429 <c>rate_limited</c>. Default 2,048.</summary>
    [Range(0, 100_000)]
    public int MaxQueuedRequests { get; set; } = 2_048;

    /// <summary>Requests one caller (country and agency, or address before log-in) may make per second on average. Default 20,000.</summary>
    [Range(1, 10_000_000)]
    public int RequestsPerSecond { get; set; } = 20_000;

    /// <summary>Loads the sample world at first start. Only in the environment Development. Default true.</summary>
    public bool SampleWorld { get; set; } = true;

    /// <summary>Performs and prints a first exchange after the start. Only in the environment Development. Default true.</summary>
    public bool FirstExchange { get; set; } = true;
}
