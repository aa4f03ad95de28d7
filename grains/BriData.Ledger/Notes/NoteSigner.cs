using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace BriData.Ledger.Notes;

/// <summary>Signs notes with an Ed25519 key (C2SP signed-note, signature type 0x01). Safe for concurrent use.</summary>
public sealed class NoteSigner : IDisposable
{
    /// <summary>Length of a seed (RFC 8032 private key), in bytes.</summary>
    public const int SeedBytes = 32;

    private readonly Key _key;

    /// <exception cref="ArgumentException">The name is not a key name, or the seed is not 32 bytes.</exception>
    public NoteSigner(string name, ReadOnlySpan<byte> seed)
    {
        Name = NoteKey.RequireName(name);
        if (seed.Length != SeedBytes)
        {
            throw new ArgumentException($"A seed has {SeedBytes} bytes, not {seed.Length}.", nameof(seed));
        }

        _key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        var publicKey = _key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        KeyId = NoteKey.Id(name, NoteKey.Ed25519, publicKey);
        VerifierKey = NoteKey.Write(name, NoteKey.Ed25519, KeyId, publicKey);
    }

    public string Name { get; }

    /// <summary>First four bytes of the key's hash, big-endian.</summary>
    public uint KeyId { get; }

    /// <summary>The vkey: <c>name+hash+base64(0x01 ‖ public key)</c>.</summary>
    public string VerifierKey { get; }

    /// <summary>A fresh seed from the operating system's generator.</summary>
    public static byte[] GenerateSeed() => RandomNumberGenerator.GetBytes(SeedBytes);

    /// <summary>Signs a note text, which ends with a newline.</summary>
    public NoteSignature Sign(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new NoteSignature(Name, KeyId, SignatureAlgorithm.Ed25519.Sign(_key, Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Erases the key from memory.</summary>
    public void Dispose() => _key.Dispose();
}
