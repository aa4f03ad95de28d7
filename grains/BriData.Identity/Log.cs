using Microsoft.Extensions.Logging;

namespace BriData.Identity;

/// <summary>Events 4100 to 4149. No token, claim value or subject is ever logged.</summary>
internal static partial class Log
{
    [LoggerMessage(4100, LogLevel.Information, "Keys of issuer {Issuer} fetched: {Count} usable")]
    public static partial void KeysFetched(ILogger logger, string issuer, int count);

    [LoggerMessage(4101, LogLevel.Warning, "Keys of issuer {Issuer} could not be fetched from {MetadataAddress}")]
    public static partial void KeysNotFetched(ILogger logger, string issuer, string metadataAddress, Exception exception);

    [LoggerMessage(4102, LogLevel.Warning, "The register of issuers of {Country} could not be read")]
    public static partial void RegistryFailed(ILogger logger, string country, Exception exception);

    [LoggerMessage(4103, LogLevel.Information, "Everything cached of issuer {Issuer} was dropped: {Count} tokens")]
    public static partial void Invalidated(ILogger logger, string issuer, int count);
}
