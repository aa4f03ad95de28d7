namespace BriData.Gateway.SampleWorld;

/// <summary>The address under which this process reaches itself.</summary>
internal static class ListeningAddress
{
    private const string Default = "http://localhost:5080";

    /// <summary>The first of the configured addresses, with a loopback host where it names every interface.</summary>
    /// <exception cref="InvalidOperationException">The port is left to chance; development issuers need to be found.</exception>
    public static Uri Of(IConfiguration configuration)
    {
        var first = (configuration["urls"] ?? Default).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0];
        var address = new Uri(first.Replace("://*", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://[::]", "://localhost", StringComparison.Ordinal));
        return address.Port != 0
            ? address
            : throw new InvalidOperationException("In Development the gateway needs a fixed port in --urls, since its issuers are found there.");
    }
}
