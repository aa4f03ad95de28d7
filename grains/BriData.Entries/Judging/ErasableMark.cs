using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using BriData.Entries.Transfers;

namespace BriData.Entries.Judging;

/// <summary>Eight bytes that stand for what can be erased: the first of SHA-256 over its names. 0 stands for nothing.</summary>
internal static class ErasableMark
{
    /// <summary>Mark of a text's key.</summary>
    public static ulong Of(string key) => Hash("text\0" + key);

    /// <summary>Mark of a payload.</summary>
    public static ulong Of(string? key, PayloadLocation location) => Hash($"payload\0{key}\0{location.Jurisdiction}\0{location.Reference}");

    private static ulong Hash(string names)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(names), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
