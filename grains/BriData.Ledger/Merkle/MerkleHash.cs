using System.Security.Cryptography;

namespace BriData.Ledger.Merkle;

/// <summary>The two hash functions of a Merkle tree, RFC 6962 section 2.1, over SHA-256.</summary>
public static class MerkleHash
{
    private const byte NodePrefix = 0x01;

    // One for each thread: to set up a digest costs more than to hash a node with it.
    [ThreadStatic]
    private static IncrementalHash? _sha256;

    private static ReadOnlySpan<byte> LeafPrefix => [0x00];

    /// <summary>Root of the tree without leaves: SHA-256 of the empty string.</summary>
    public static Hash256 EmptyRoot { get; } = Hash256.OfSha256([]);

    /// <summary>SHA-256(0x00 ‖ entry).</summary>
    public static Hash256 Leaf(ReadOnlySpan<byte> entry)
    {
        var sha256 = Sha256();
        sha256.AppendData(LeafPrefix);
        return Finish(sha256, entry);
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    public static Hash256 Node(Hash256 left, Hash256 right)
    {
        Span<byte> buffer = stackalloc byte[1 + (2 * Hash256.ByteCount)];
        buffer[0] = NodePrefix;
        left.CopyTo(buffer[1..]);
        right.CopyTo(buffer[(1 + Hash256.ByteCount)..]);
        return Finish(Sha256(), buffer);
    }

    /// <summary>Root of a complete subtree given as concatenated hashes; their number is a power of two, at most 256.</summary>
    internal static Hash256 Complete(ReadOnlySpan<byte> hashes)
    {
        Span<Hash256> row = stackalloc Hash256[TileMath.Width];
        var count = hashes.Length / Hash256.ByteCount;
        for (var i = 0; i < count; i++)
        {
            row[i] = Hash256.FromBytes(hashes.Slice(i * Hash256.ByteCount, Hash256.ByteCount));
        }

        for (; count > 1; count /= 2)
        {
            for (var i = 0; i < count / 2; i++)
            {
                row[i] = Node(row[2 * i], row[(2 * i) + 1]);
            }
        }

        return row[0];
    }

    private static IncrementalHash Sha256() => _sha256 ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private static Hash256 Finish(IncrementalHash sha256, ReadOnlySpan<byte> last)
    {
        Span<byte> hash = stackalloc byte[Hash256.ByteCount];
        sha256.AppendData(last);
        sha256.GetHashAndReset(hash);
        return Hash256.FromBytes(hash);
    }
}
