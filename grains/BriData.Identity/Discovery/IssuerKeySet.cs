using BriData.Identity.Tokens;
using Microsoft.IdentityModel.Tokens;

namespace BriData.Identity.Discovery;

/// <summary>The usable keys that an issuer published at one moment. Immutable; compared by reference.</summary>
internal sealed class IssuerKeySet
{
    private const int SmallestRsaBits = 2048; // RFC 7518, 3.3

    private readonly List<IssuerKey> _keys = [];

    public IssuerKeySet(string issuer, IEnumerable<JsonWebKey> published, TokenRules rules, DateTimeOffset fetchedAt)
    {
        FetchedAt = fetchedAt;
        foreach (var key in published)
        {
            if (AlgorithmsOf(key) is { Length: > 0 } algorithms)
            {
                _keys.Add(new IssuerKey(string.IsNullOrEmpty(key.KeyId) ? null : key.KeyId, algorithms, rules.ForKey(issuer, key, algorithms)));
            }
        }
    }

    public DateTimeOffset FetchedAt { get; }

    public int Count => _keys.Count;

    /// <summary>
    /// The key that the header means: by key id and algorithm, or without a key id the only one that fits the algorithm.
    /// Null if there is none or more than one.
    /// </summary>
    public IssuerKey? Find(TokenHeader header)
    {
        IssuerKey? found = null;
        foreach (var key in _keys)
        {
            if ((header.KeyId is null || string.Equals(key.KeyId, header.KeyId, StringComparison.Ordinal)) && key.Algorithms.Contains(header.Algorithm))
            {
                if (found is not null)
                {
                    return null;
                }

                found = key;
            }
        }

        return found;
    }

    // Keys that are meant for something else, are too weak or cannot be read are left out, as RFC 7517, 5 asks.
    private static string[] AlgorithmsOf(JsonWebKey key)
    {
        if (!string.IsNullOrEmpty(key.Use) && key.Use != JsonWebKeyUseNames.Sig)
        {
            return [];
        }

        var fitting = key.Kty switch
        {
            JsonWebAlgorithmsKeyTypes.RSA when RsaBits(key) >= SmallestRsaBits => SignatureAlgorithms.Rsa,
            JsonWebAlgorithmsKeyTypes.EllipticCurve when key.Crv == JsonWebKeyECTypes.P256 => SignatureAlgorithms.P256,
            _ => [],
        };
        return string.IsNullOrEmpty(key.Alg) ? fitting : [.. fitting.Where(algorithm => algorithm == key.Alg)];
    }

    private static int RsaBits(JsonWebKey key)
    {
        try
        {
            return string.IsNullOrEmpty(key.N) ? 0 : Base64UrlEncoder.DecodeBytes(key.N).AsSpan().TrimStart((byte)0).Length * 8;
        }
        catch (FormatException)
        {
            return 0;
        }
    }
}
