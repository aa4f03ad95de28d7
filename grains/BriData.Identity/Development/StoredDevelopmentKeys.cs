namespace BriData.Identity.Development;

/// <summary>The key file of one country, newest key first. Private keys: PKCS #8, base64.</summary>
internal sealed record StoredDevelopmentKeys(int Version, string Country, IReadOnlyList<StoredDevelopmentKeys.Key> Keys)
{
    public const int CurrentVersion = 1;

    internal sealed record Key(byte[] Pkcs8, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt = null);
}
