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

    private string Compute(string country, string issuer, string subject)
    {
        Span<byte> mac = stackalloc byte[32];
        HMACSHA256.HashData(keys.PseudonymKey, Encoding.UTF8.GetBytes($"{country}\0{issuer}\0{subject}"), mac);
        return "o-" + Base64Url.EncodeToString(mac[..Bytes]);
    }
}
