using System.Diagnostics.CodeAnalysis;
using NSec.Cryptography;

namespace BriData.Ledger.Notes;

/// <summary>A witness's public key (C2SP tlog-cosignature vkey, timestamped Ed25519, type 0x04). Immutable.</summary>
public sealed class CosignatureVerifier
{
    private readonly PublicKey _key;

    private CosignatureVerifier(string name, uint keyId, PublicKey key, string verifierKey)
    {
        Name = name;
        KeyId = keyId;
        _key = key;
        VerifierKey = verifierKey;
    }

    public string Name { get; }

    public uint KeyId { get; }

    /// <summary>The vkey as parsed.</summary>
    public string VerifierKey { get; }

    /// <exception cref="FormatException">Not the vkey of a witness, or its hash does not fit name and key.</exception>
    public static CosignatureVerifier Parse(string vkey) =>
        TryParse(vkey, out var verifier) ? verifier : throw new FormatException("The text is not the verifier key of a witness (signature type 0x04).");

    public static bool TryParse([NotNullWhen(true)] string? vkey, [NotNullWhen(true)] out CosignatureVerifier? verifier)
    {
        verifier = NoteKey.TryRead(vkey, NoteKey.Cosignature, out var name, out var keyId, out var key)
            ? new CosignatureVerifier(name, keyId, key, vkey!)
            : null;
        return verifier is not null;
    }

    /// <summary>Whether both wrap the same public key, whatever their names: one witness, counted once.</summary>
    public bool HasKeyOf(CosignatureVerifier other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _key.Equals(other._key);
    }

    /// <summary>Whether a signature names this key.</summary>
    public bool Claims(NoteSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return signature.KeyId == KeyId && signature.Name == Name;
    }

    /// <summary>Whether a signature names this key and is its cosignature of the checkpoint with this note text.</summary>
    /// <param name="text">Note text.</param>
    /// <param name="signature">One of its signatures.</param>
    /// <param name="time">POSIX time in seconds at which the witness says it signed; 0 when it does not verify.</param>
    public bool Verify(string text, NoteSignature signature, out long time)
    {
        time = 0;
        if (!Claims(signature)
            || !Cosignature.IsCheckpoint(text)
            || !Cosignature.TrySplit(signature.Signature.Span, out var stated, out var bytes)
            || stated == 0
            || !SignatureAlgorithm.Ed25519.Verify(_key, Cosignature.Message(text, stated), bytes))
        {
            return false;
        }

        time = stated;
        return true;
    }

    /// <summary>
    /// The latest valid cosignature of this witness on a checkpoint; null when there is none, and also when any signature
    /// that names this key does not verify.
    /// </summary>
    public NoteSignature? Find(SignedNote checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        NoteSignature? latest = null;
        var latestTime = 0L;
        foreach (var signature in checkpoint.Signatures.Where(Claims))
        {
            if (!Verify(checkpoint.Text, signature, out var time))
            {
                return null;
            }

            if (time > latestTime)
            {
                (latest, latestTime) = (signature, time);
            }
        }

        return latest;
    }
}
