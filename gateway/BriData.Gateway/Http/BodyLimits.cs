namespace BriData.Gateway.Http;

/// <summary>Largest bodies, in bytes.</summary>
internal static class BodyLimits
{
    /// <summary>Any JSON request.</summary>
    public const int JsonBytes = 1 << 20;

    /// <summary>A rule pack (YAML).</summary>
    public const int RulePackBytes = 4 << 20;

    /// <summary>A classification scheme.</summary>
    public const int SchemeBytes = 256 << 10;
}
