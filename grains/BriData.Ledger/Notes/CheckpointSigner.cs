using System.Security.Cryptography;
using System.Text;
using BriData.Ledger.Evidence;
using BriData.Ledger.Storage;

namespace BriData.Ledger.Notes;

/// <summary>
/// Signs the checkpoints of one log under a key whose name is the log's origin. Safe for concurrent use.
/// The caller signs only heads that are durable: a signed head cannot be taken back.
/// </summary>
public sealed class CheckpointSigner : IDisposable
{
    private const string KeyContext = "bridata/checkpoint-key/v1\n";
    private readonly NoteSigner _signer;

    /// <summary>Takes over the signer and disposes it.</summary>
    public CheckpointSigner(NoteSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        _signer = signer;
    }

    /// <summary>The origin line, which is also the key's name.</summary>
    public string Origin => _signer.Name;

    /// <summary>The log's vkey.</summary>
    public string VerifierKey => _signer.VerifierKey;

    /// <summary>
    /// Derives the key of one origin: HKDF-SHA256 (RFC 5869) without salt, info <c>bridata/checkpoint-key/v1\n</c> ‖ origin.
    /// </summary>
    /// <exception cref="ArgumentException">The seed is shorter than 32 bytes, or the origin is not a key name.</exception>
    public static CheckpointSigner Derive(ReadOnlySpan<byte> masterSeed, string origin)
    {
        NoteKey.RequireName(origin);
        if (masterSeed.Length < NoteSigner.SeedBytes)
        {
            throw new ArgumentException($"A master seed has at least {NoteSigner.SeedBytes} bytes.", nameof(masterSeed));
        }

        Span<byte> seed = stackalloc byte[NoteSigner.SeedBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, masterSeed, seed, [], Encoding.UTF8.GetBytes(KeyContext + origin));
        try
        {
            return new CheckpointSigner(new NoteSigner(origin, seed));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>The signed checkpoint of a head, as text (UTF-8 on the wire). The same head gives the same text.</summary>
    public string Sign(LedgerHead head) => SignedNote.Sign(new Checkpoint(Origin, head.Size, head.Root).Write(), _signer).Write();

    /// <summary>The signed seal of an evidence pack. Its first line is no origin, so it can never be taken for a checkpoint.</summary>
    public string Sign(EvidenceSeal seal)
    {
        ArgumentNullException.ThrowIfNull(seal);
        return SignedNote.Sign(seal.Write(), _signer).Write();
    }

    public void Dispose() => _signer.Dispose();
}
