using BriData.Ledger;
using Microsoft.Extensions.Primitives;

namespace BriData.Gateway.Http;

/// <summary>The <c>Repr-Digest</c> header with <c>sha-256</c> (RFC 9530).</summary>
internal static class ReprDigest
{
    public const string Header = "Repr-Digest";
    private const string Algorithm = "sha-256=:";

    public static string Of(string sha256Hex) => $"{Algorithm}{Convert.ToBase64String(Convert.FromHexString(sha256Hex))}:";

    /// <summary>True when no sha-256 digest is stated, or the stated one is this.</summary>
    public static bool Matches(StringValues header, Hash256 actual)
    {
        foreach (var item in header.SelectMany(h => (h ?? "").Split(',', StringSplitOptions.TrimEntries)))
        {
            if (item.StartsWith(Algorithm, StringComparison.OrdinalIgnoreCase))
            {
                return item[Algorithm.Length..].TrimEnd(':') == actual.ToBase64();
            }
        }

        return true;
    }
}
