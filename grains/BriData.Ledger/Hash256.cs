using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace BriData.Ledger;

/// <summary>A SHA-256 value: 32 bytes held in place, without a heap object. The default value is 32 zero bytes.</summary>
[StructLayout(LayoutKind.Sequential, Size = ByteCount)]
public readonly struct Hash256 : IEquatable<Hash256>
{
    /// <summary>Length in bytes.</summary>
    public const int ByteCount = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <exception cref="ArgumentException">The span is not exactly 32 bytes.</exception>
    public static Hash256 FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == ByteCount
            ? MemoryMarshal.Read<Hash256>(bytes)
            : throw new ArgumentException($"A hash has {ByteCount} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>SHA-256 of the bytes, without any prefix.</summary>
    public static Hash256 OfSha256(ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[ByteCount];
        SHA256.HashData(content, digest);
        return MemoryMarshal.Read<Hash256>(digest);
    }

    /// <exception cref="FormatException">The text is not 64 hexadecimal digits.</exception>
    public static Hash256 ParseHex(string text) =>
        TryParseHex(text, out var hash) ? hash : throw new FormatException("A hash is written as 64 hexadecimal digits.");

    /// <summary>Reads 64 hexadecimal digits of either case.</summary>
    public static bool TryParseHex([NotNullWhen(true)] string? text, out Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        if (text is { Length: ByteCount * 2 }
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done)
        {
            hash = MemoryMarshal.Read<Hash256>(bytes);
            return true;
        }

        hash = default;
        return false;
    }

    public static bool operator ==(Hash256 left, Hash256 right) => left.Equals(right);

    public static bool operator !=(Hash256 left, Hash256 right) => !left.Equals(right);

    /// <summary>Writes the 32 bytes to the start of the destination.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The destination is shorter than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    public byte[] ToArray()
    {
        var bytes = new byte[ByteCount];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Standard base64 with padding (RFC 4648 section 4), 44 characters.</summary>
    public string ToBase64()
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        CopyTo(bytes);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    public bool Equals(Hash256 other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    public override bool Equals(object? obj) => obj is Hash256 other && Equals(other);

    // A cryptographic hash is already well spread: its first word serves.
    public override int GetHashCode() => _a.GetHashCode();
}
