using System.Security.Cryptography;

namespace BriData.Ledger.Erasure;

/// <summary>
/// A small value sealed with AES-256-GCM: version 1, nonce of 12 random bytes, ciphertext, tag of 16 bytes. What the value
/// belongs to goes in as associated data, so that a sealed value moved elsewhere does not open.
/// </summary>
public static class SealedValue
{
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>True for bytes that this class may have written.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> value) => value.Length >= 1 + NonceBytes + TagBytes && value[0] == Version;

    /// <param name="key">The key.</param>
    /// <param name="value">What to seal.</param>
    /// <param name="context">What it belongs to.</param>
    public static byte[] Seal(ValueKey key, ReadOnlySpan<byte> value, ReadOnlySpan<byte> context)
    {
        ArgumentNullException.ThrowIfNull(key);
        var result = new byte[1 + NonceBytes + value.Length + TagBytes];
        result[0] = Version;
        var nonce = result.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key.Secret, TagBytes);
        cipher.Encrypt(nonce, value, result.AsSpan(1 + NonceBytes, value.Length), result.AsSpan(result.Length - TagBytes), context);
        return result;
    }

    /// <summary>The value; null when it was not sealed under this key for this context, or was changed since.</summary>
    public static byte[]? Open(ValueKey key, ReadOnlySpan<byte> value, ReadOnlySpan<byte> context)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!IsSealed(value))
        {
            return null;
        }

        var opened = new byte[value.Length - 1 - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key.Secret, TagBytes);
        try
        {
            cipher.Decrypt(value.Slice(1, NonceBytes), value.Slice(1 + NonceBytes, opened.Length), value[^TagBytes..], opened, context);
            return opened;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
