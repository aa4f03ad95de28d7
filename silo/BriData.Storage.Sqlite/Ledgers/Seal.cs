using System.IO.Hashing;
using System.Text;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>
/// A checksum over what a row holds beside hashed bytes: its place, its key, its private values, its head. It finds accidents,
/// as the Merkle tree does for entries; against somebody who writes to the file there are only checkpoints kept elsewhere.
/// </summary>
internal static class Seal
{
    private const long Mix = unchecked((long)0x9E37_79B9_7F4A_7C15);

    /// <summary>Seal of an entry: its ledger's number, its index, its leaf hash and its idempotency key, if any.</summary>
    public static long OfEntry(long ledger, long index, in Hash256 leaf, ReadOnlySpan<byte> key)
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteCount];
        leaf.CopyTo(bytes);
        return Of(ledger, index, bytes, key);
    }

    /// <summary>Seal of the private values of an entry.</summary>
    public static long OfSidecar(long ledger, long index, ReadOnlySpan<byte> value) => Of(ledger, index, value, []);

    /// <summary>Seal of a head: the ledger's number and name, and size and root.</summary>
    public static long OfHead(long ledger, LedgerId name, long size, in Hash256 root)
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteCount];
        root.CopyTo(bytes);
        return Of(ledger, size, Encoding.UTF8.GetBytes(name.Value), bytes);
    }

    /// <summary>Seal of the size that a ledger is known to have had.</summary>
    public static long OfMark(long ledger, long size) => Of(ledger, size, [], []);

    /// <summary>The checksum of two numbers and two pieces of bytes. It is stored, so it never changes.</summary>
    public static long Of(long a, long b, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        var place = unchecked((a * Mix) + b);
        return unchecked((long)XxHash3.HashToUInt64(y, (long)XxHash3.HashToUInt64(x, place)));
    }
}
