using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BriData.Grains.Security;

/// <summary>
/// Keys the hashes of subject identifiers once more before they rest: 128 bits of HMAC-SHA256 over the exporter and the
/// hash, base64url. The same person in two transfers of one exporter is found again; who can guess the exporter's key
/// still cannot tell from a ledger whose data moved (I9).
/// </summary>
public sealed class SubjectKeys(PlatformKeys keys)
{
    private const int Bytes = 16;

    /// <summary>One key for each distinct hash, sorted ordinally.</summary>
    /// <param name="dataSet">Data set identifier; its agency is the exporter.</param>
    /// <param name="hashes">Hashes as handed in.</param>
    public IEnumerable<string> Of(string dataSet, IEnumerable<string> hashes)
    {
        var exporter = dataSet[..dataSet.LastIndexOf('/')];
        return hashes.Distinct(StringComparer.Ordinal).Select(hash => Compute(exporter, hash)).Order(StringComparer.Ordinal);
    }

    private string Compute(string exporter, string hash)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys.SubjectKey, Encoding.UTF8.GetBytes($"{exporter}\0{hash}"), mac);
        return Base64Url.EncodeToString(mac[..Bytes]);
    }
}
