using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using BriData.Identity;

namespace BriData.Grains.Security;

/// <summary>
/// Stable pseudonyms for officers: <c>o-</c> and 128 bits of HMAC-SHA256 over country, issuer and subject, base64url. The
/// same officer is found again in a search; without the key nobody learns who it was (I9).
/// </summary>
public sealed class OfficerPseudonyms(PlatformKeys keys)
{
    private const string Prefix = "o-";
    private const int Bytes = 16;
    private const int CacheSize = 10_000;

    private readonly ConcurrentDictionary<(string Country, string Issuer, string Subject), string> _cache = new();

    public string Of(CallerIdentity who) => Of(who.Country, who.Issuer, who.Subject);

    public string Of(string country, string issuer, string subject)
    {
        var id = (country, issuer, subject);
        if (_cache.TryGetValue(id, out var known))
        {
            return known;
        }

        if (_cache.Count >= CacheSize)
        {
            _cache.Clear();
        }

        return _cache[id] = Compute(country, issuer, subject);
    }

    /// <summary>Whether a text has the form of a pseudonym.</summary>
    public static bool IsPseudonym(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && Base64Url.IsValid(text.AsSpan(Prefix.Length), out var bytes) && bytes == Bytes
            && text.Length == Prefix.Length + Base64Url.GetEncodedLength(Bytes);
    }

    private string Compute(string country, string issuer, string subject)
    {
        Span<byte> mac = stackalloc byte[32];
        HMACSHA256.HashData(keys.PseudonymKey, Encoding.UTF8.GetBytes($"{country}\0{issuer}\0{subject}"), mac);
        return Prefix + Base64Url.EncodeToString(mac[..Bytes]);
    }
}
