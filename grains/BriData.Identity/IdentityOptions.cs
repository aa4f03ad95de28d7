namespace BriData.Identity;

/// <summary>How tokens are verified. Read once, when the verifier is created.</summary>
public sealed class IdentityOptions
{
    /// <summary>Name of the <see cref="HttpClient"/> that fetches discovery documents and key sets. It must not follow redirects.</summary>
    public const string DiscoveryClientName = "BriData.Identity.Discovery";

    /// <summary>The value that <c>aud</c> must hold. Default <c>bridata</c>.</summary>
    public string Audience { get; set; } = "bridata";

    /// <summary>Leeway for <c>exp</c> and <c>nbf</c> (RFC 7519, 4.1.4). Default 30 seconds; 0 to 5 minutes.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest accepted life of a token, from <c>iat</c> and from now, to <c>exp</c>. Default 24 hours; over 0, at most 24 hours.</summary>
    public TimeSpan MaximumTokenLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Longest accepted token, in bytes (a compact JWT is ASCII). Default 8,192; 256 to 65,536.</summary>
    public int MaximumTokenBytes { get; set; } = 8 * 1024;

    /// <summary>Whether an issuer may be reached by http on a loopback address. Default false; for development only.</summary>
    public bool AllowInsecureLoopback { get; set; }

    /// <summary>How many verified tokens are remembered. Default 100,000; 1 to 10,000,000.</summary>
    public int TokenCacheEntries { get; set; } = 100_000;

    /// <summary>Characters (2 bytes each) that all remembered tokens may hold. Default 134,217,728; at least <see cref="MaximumTokenBytes"/>.</summary>
    public long TokenCacheCharacters { get; set; } = 128L * 1024 * 1024;

    /// <summary>
    /// Longest time for which a verified token is answered from memory; never past its expiry. After it the register and the
    /// issuer's keys are consulted again, so a removed key or a withdrawn issuer is noticed even if nobody called
    /// <see cref="ICallerVerifier.Invalidate"/>. Default 15 minutes; over 0, at most 24 hours.
    /// </summary>
    public TimeSpan TokenCacheLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How many refusals are remembered. Default 4,096; 1 to 1,000,000.</summary>
    public int RefusalCacheEntries { get; set; } = 4096;

    /// <summary>Characters that all remembered refused tokens may hold. Default 4,194,304; at least <see cref="MaximumTokenBytes"/>.</summary>
    public long RefusalCacheCharacters { get; set; } = 4L * 1024 * 1024;

    /// <summary>How long a refusal is remembered. Default 5 seconds; over 0, at most 5 seconds.</summary>
    public TimeSpan RefusalCacheLifetime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Shortest time between two fetches of an issuer's keys that an unknown key id forces, and between two attempts after a
    /// failure. Default 5 seconds; 1 second to 5 minutes.
    /// </summary>
    public TimeSpan ForcedRefreshInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Age at which keys are fetched again before use. Default 1 hour; over <see cref="ForcedRefreshInterval"/>.</summary>
    public TimeSpan MetadataRefreshInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Age up to which known keys serve while the issuer cannot be reached. Default 24 hours; at least <see cref="MetadataRefreshInterval"/>.</summary>
    public TimeSpan MetadataMaximumAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Time that one discovery (document and keys together) may take. Default 5 seconds; over 0, at most 1 minute.</summary>
    public TimeSpan DiscoveryTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest accepted discovery document or key set, in bytes. Default 262,144; 1,024 to 16,777,216.</summary>
    public int MaximumMetadataBytes { get; set; } = 256 * 1024;
}
