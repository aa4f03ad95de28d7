using System.Diagnostics.CodeAnalysis;
using System.Text;
using NSec.Cryptography;

namespace BriData.Ledger.Notes;

/// <summary>A public key that verifies notes (C2SP signed-note vkey, Ed25519 only). Immutable.</summary>
public sealed class NoteVerifier
{
    private readonly PublicKey _key;

    private NoteVerifier(string name, uint keyId, PublicKey key, string verifierKey)
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

    /// <exception cref="FormatException">Not an Ed25519 vkey, or its hash does not fit name and key.</exception>
    public static NoteVerifier Parse(string vkey) =>
        TryParse(vkey, out var verifier) ? verifier : throw new FormatException("The text is not an Ed25519 note verifier key.");

    public static bool TryParse([NotNullWhen(true)] string? vkey, [NotNullWhen(true)] out NoteVerifier? verifier)
    {
        verifier = null;
        if (!NoteKey.TryRead(vkey, NoteKey.Ed25519, out var name, out var keyId, out var key))
        {
            return false;
        }

        verifier = new NoteVerifier(name, keyId, key, vkey!);
        return true;
    }

    /// <summary>Whether a signature names this key.</summary>
    public bool Claims(NoteSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return signature.KeyId == KeyId && signature.Name == Name;
    }

    /// <summary>Whether a signature names this key and is its signature over the note text.</summary>
    public bool Verify(string text, NoteSignature signature)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Claims(signature) && SignatureAlgorithm.Ed25519.Verify(_key, Encoding.UTF8.GetBytes(text), signature.Signature.Span);
    }
}
