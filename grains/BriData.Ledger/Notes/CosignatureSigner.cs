using NSec.Cryptography;

namespace BriData.Ledger.Notes;

/// <summary>
/// Cosigns checkpoints with a witness's Ed25519 key (C2SP tlog-cosignature, signature type 0x04). Safe for concurrent use.
/// The key serves one witness only: what it signs does not name the witness.
/// </summary>
public sealed class CosignatureSigner : IDisposable
{
    private readonly Key _key;

    /// <exception cref="ArgumentException">The name is not a key name, or the seed is not <see cref="NoteSigner.SeedBytes"/> bytes.</exception>
    public CosignatureSigner(string name, ReadOnlySpan<byte> seed)
    {
        Name = NoteKey.RequireName(name);
        if (seed.Length != NoteSigner.SeedBytes)
        {
            throw new ArgumentException($"A seed has {NoteSigner.SeedBytes} bytes, not {seed.Length}.", nameof(seed));
        }

        _key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        var publicKey = _key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        KeyId = NoteKey.Id(name, NoteKey.Cosignature, publicKey);
        VerifierKey = NoteKey.Write(name, NoteKey.Cosignature, KeyId, publicKey);
    }

    public string Name { get; }

    public uint KeyId { get; }

    /// <summary>The vkey: <c>name+hash+base64(0x04 ‖ public key)</c>.</summary>
    public string VerifierKey { get; }

    /// <summary>Whether a witness may bear the name: not empty, without white space, plus signs and control characters.</summary>
    public static bool IsName(string? name) => NoteKey.IsName(name);

    /// <summary>
    /// Cosigns the note text of a checkpoint, extension lines included. The caller has persisted the checkpoint as the
    /// latest of its log, or does so before the signature leaves.
    /// </summary>
    /// <param name="text">The checkpoint's note text.</param>
    /// <param name="time">POSIX time in seconds, greater than 0.</param>
    /// <exception cref="ArgumentException">The text is not that of a checkpoint.</exception>
    public NoteSignature Sign(string text, long time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(time);
        return Cosignature.IsCheckpoint(text)
            ? new NoteSignature(Name, KeyId, Cosignature.Join(time, SignatureAlgorithm.Ed25519.Sign(_key, Cosignature.Message(text, time))))
            : throw new ArgumentException("Only checkpoints are cosigned.", nameof(text));
    }

    /// <summary>Erases the key from memory.</summary>
    public void Dispose() => _key.Dispose();
}
