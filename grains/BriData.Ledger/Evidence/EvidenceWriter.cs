using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BriData.Ledger.Notes;

namespace BriData.Ledger.Evidence;

/// <summary>Writes the lines of one evidence pack, in order: manifest, entries, end. Keeps the digest of what it has written.</summary>
public sealed class EvidenceWriter : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly string _country;

    /// <param name="country">Whose auditor asked, ISO 3166-1 alpha-2.</param>
    public EvidenceWriter(string country) => _country = country;

    /// <summary>Entries written.</summary>
    public long Entries { get; private set; }

    /// <summary>SHA-256 of what was written.</summary>
    public Hash256 Sha256 => Hash256.FromBytes(_hash.GetCurrentHash());

    /// <param name="limited">True for a regulator's view.</param>
    /// <param name="madeAt">When.</param>
    /// <param name="question">The question as asked.</param>
    /// <param name="signer">vkey of the key that will sign the end.</param>
    /// <param name="ledgers">The ledgers that entries may be of.</param>
    public byte[] Manifest(
        bool limited, DateTimeOffset madeAt, ImmutableArray<EvidenceCondition> question, string signer, ImmutableArray<EvidenceLedger> ledgers) =>
        Line(
            new EvidenceManifest("manifest", EvidencePack.Format, _country, limited ? "limited" : "whole", madeAt, question, signer, ledgers),
            EvidenceJson.Lines.EvidenceManifest);

    /// <summary>An entry with its exact bytes.</summary>
    public byte[] Entry(LedgerId ledger, long index, ReadOnlyMemory<byte> body, ImmutableArray<Hash256> proof)
    {
        Entries++;
        return Line(
            new EvidenceEntry("entry", ledger.Value, index, Write(proof), Encoding.UTF8.GetString(body.Span)),
            EvidenceJson.Lines.EvidenceEntry);
    }

    /// <summary>A regulator's view of an entry.</summary>
    public byte[] Limited(LedgerId ledger, long index, Hash256 leaf, ReadOnlyMemory<byte> view, ImmutableArray<string> redacted, ImmutableArray<Hash256> proof)
    {
        Entries++;
        using var json = JsonDocument.Parse(view);
        return Line(
            new EvidenceEntry("entry", ledger.Value, index, Write(proof), null, leaf.ToString(), json.RootElement, redacted),
            EvidenceJson.Lines.EvidenceEntry);
    }

    /// <summary>The last line, sealed with the key that the manifest names.</summary>
    public byte[] End(CheckpointSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        var sha256 = Sha256;
        return Line(
            new EvidenceEnd("end", Entries, sha256.ToString(), signer.Sign(new EvidenceSeal(_country, Entries, sha256))),
            EvidenceJson.Lines.EvidenceEnd);
    }

    public void Dispose() => _hash.Dispose();

    private static ImmutableArray<string> Write(ImmutableArray<Hash256> proof) => [.. proof.Select(h => h.ToBase64())];

    private byte[] Line<T>(T line, JsonTypeInfo<T> type)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, type), (byte)'\n'];
        _hash.AppendData(bytes);
        return bytes;
    }
}
