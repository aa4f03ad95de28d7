using System.Security.Cryptography;
using System.Text;

namespace BriData.EndToEnd.Tests.Support;

/// <summary>What the tests exchange.</summary>
internal static class Payloads
{
    /// <summary>Some lines of goods, about 50 KB.</summary>
    public static byte[] Goods { get; } = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{i},goods\n")));

    /// <summary>SHA-256, lower hex.</summary>
    public static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Value of <c>Repr-Digest</c> (RFC 9530).</summary>
    public static string Digest(byte[] bytes) => $"sha-256=:{Convert.ToBase64String(SHA256.HashData(bytes))}:";
}
