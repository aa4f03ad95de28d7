using System.Security.Cryptography;
using BriData.Ledger.Erasure;

namespace BriData.Grains.Security;

/// <summary>Keys of this deployment, derived from one secret seed (HKDF-SHA256, RFC 5869).</summary>
public sealed class PlatformKeys
{
    private const int KeyBytes = 32;

    /// <param name="seed">At least 32 secret random bytes, the same on every silo and across restarts.</param>
    /// <exception cref="ArgumentException">The seed is too short.</exception>
    public PlatformKeys(ReadOnlySpan<byte> seed)
    {
        if (seed.Length < KeyBytes)
        {
            throw new ArgumentException($"The platform seed needs at least {KeyBytes} bytes.", nameof(seed));
        }

        LogSeed = HKDF.DeriveKey(HashAlgorithmName.SHA256, seed.ToArray(), KeyBytes, info: "bridata/log-signing"u8.ToArray());
        SubjectKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, seed.ToArray(), KeyBytes, info: "bridata/subject-keys"u8.ToArray());
        PseudonymKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, seed.ToArray(), KeyBytes, info: "bridata/officer-pseudonyms"u8.ToArray());
        OperationKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, seed.ToArray(), KeyBytes, info: "bridata/operation-marks"u8.ToArray());
        ValueKeys = new ValueKeyWrapper(HKDF.DeriveKey(HashAlgorithmName.SHA256, seed.ToArray(), KeyBytes, info: "bridata/value-keys"u8.ToArray()));
    }

    /// <summary>Wraps the keys of values that can be erased.</summary>
    public ValueKeyWrapper ValueKeys { get; }

    /// <summary>Seed of the checkpoint signing keys, 32 bytes.</summary>
    internal byte[] LogSeed { get; }

    /// <summary>Key of the hashes of subject identifiers, 32 bytes.</summary>
    internal byte[] SubjectKey { get; }

    /// <summary>Key of the officer pseudonyms, 32 bytes.</summary>
    internal byte[] PseudonymKey { get; }

    /// <summary>Key of the marks by which repeated requests are recognised, 32 bytes.</summary>
    internal byte[] OperationKey { get; }
}
