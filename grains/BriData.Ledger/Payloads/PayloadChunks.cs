using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using BriData.Ledger.Erasure;

namespace BriData.Ledger.Payloads;

/// <summary>
/// A payload at rest: chunks of 64 KiB, each sealed with AES-256-GCM and followed by its tag of 16 bytes. The nonce is the
/// chunk's number and whether it is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015), so a
/// chunk that is missing, moved or cut off at the end does not open. A key seals one payload, so nonces never repeat. An
/// empty payload is one empty chunk. Before the first chunk stands the name of the key, so that what no ledger names can be
/// erased with its key.
/// </summary>
internal static class PayloadChunks
{
    public const int PlainBytes = 64 * 1024;
    public const int TagBytes = 16;
    public const int SealedBytes = PlainBytes + TagBytes;

    /// <summary>Length of a key's name: 128 bits in base64url.</summary>
    public const int NameBytes = 22;

    private const int NonceBytes = 12;

    private static readonly SearchValues<byte> NameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>Chunks of a payload of this many bytes.</summary>
    public static long Count(long plainLength) => plainLength == 0 ? 1 : ((plainLength - 1) / PlainBytes) + 1;

    /// <summary>Bytes at rest of a payload of this many; the largest number there is when it would be more.</summary>
    public static long SealedLength(long plainLength)
    {
        var more = NameBytes + (Count(plainLength) * TagBytes);
        return plainLength > long.MaxValue - more ? long.MaxValue : plainLength + more;
    }

    /// <summary>Where a chunk begins.</summary>
    public static long PositionOf(long chunk) => NameBytes + (chunk * SealedBytes);

    /// <summary>The key's name in the first <see cref="NameBytes"/> of a payload at rest; null when none can stand there.</summary>
    public static string? NameIn(ReadOnlySpan<byte> start) =>
        start.Length >= NameBytes && !start[..NameBytes].ContainsAnyExcept(NameLetters) ? Encoding.ASCII.GetString(start[..NameBytes]) : null;

    /// <summary>Length of a chunk's content.</summary>
    public static int LengthOf(long chunk, long plainLength) => (int)Math.Min(PlainBytes, plainLength - (chunk * PlainBytes));

    public static AesGcm Cipher(ValueKey key) => new(key.Secret, TagBytes);

    /// <param name="cipher">The payload's cipher.</param>
    /// <param name="chunk">Number of the chunk, from 0.</param>
    /// <param name="last">Whether it is the last.</param>
    /// <param name="content">What to seal.</param>
    /// <param name="destination">As long as the content and a tag.</param>
    public static void Seal(AesGcm cipher, long chunk, bool last, ReadOnlySpan<byte> content, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce, chunk, last);
        cipher.Encrypt(nonce, content, destination[..content.Length], destination[content.Length..]);
    }

    /// <exception cref="InvalidDataException">The chunk is not the one that was sealed.</exception>
    public static void Open(AesGcm cipher, long chunk, bool last, ReadOnlySpan<byte> content, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce, chunk, last);
        try
        {
            cipher.Decrypt(nonce, content[..^TagBytes], content[^TagBytes..], destination);
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw new InvalidDataException($"Chunk {chunk} of the stored payload is not the one that was stored.", error);
        }
    }

    private static void WriteNonce(Span<byte> nonce, long chunk, bool last)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[3..], chunk);
        nonce[^1] = last ? (byte)1 : (byte)0;
    }
}
