using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using BriData.Ledger.Audit;
using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;

namespace BriData.Ledger.Evidence;

/// <summary>Checks the lines of one pack in order. A line that does not hold is a <see cref="FormatException"/>.</summary>
internal sealed class EvidenceCheck(IReadOnlyCollection<NoteVerifier>? trusted, IProgress<long>? progress) : IDisposable
{
    private const int ProgressEvery = 1000;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<LedgerId, Checkpoint> _ledgers = [];
    private EvidenceManifest? _manifest;
    private NoteVerifier? _signer;
    private AuditCursor? _last;
    private bool _ended;

    public string? Country => _manifest?.Country;

    public long Entries { get; private set; }

    public void Line(ReadOnlySpan<byte> line)
    {
        if (_ended)
        {
            throw new FormatException("There is something behind the last line.");
        }

        if (!Utf8.IsValid(line))
        {
            throw new FormatException("The line is not UTF-8.");
        }

        if (_manifest is null)
        {
            Manifest(Read(line, EvidenceJson.Lines.EvidenceManifest, m => m.Type == "manifest", "manifest"));
        }
        else if (line.StartsWith("{\"type\":\"end\""u8))
        {
            End(Read(line, EvidenceJson.Lines.EvidenceEnd, e => e.Type == "end", "end"));
        }
        else
        {
            Entry(Read(line, EvidenceJson.Lines.EvidenceEntry, e => e.Type == "entry", "entry"));
        }

        _hash.AppendData(line);
    }

    /// <summary>Checks that the end was there.</summary>
    public void Finish()
    {
        if (!_ended)
        {
            throw new FormatException("The pack has no last line: it is not complete.");
        }
    }

    public void Dispose() => _hash.Dispose();

    private void Manifest(EvidenceManifest manifest)
    {
        if (manifest.Format != EvidencePack.Format)
        {
            throw new FormatException($"The format is '{manifest.Format}', not '{EvidencePack.Format}'.");
        }

        if (manifest.Ledgers.IsDefault || manifest.Ledgers.Any(l => l is null))
        {
            throw new FormatException("The manifest lacks its ledgers.");
        }

        _manifest = manifest;
        _signer = Trusted(manifest.Signer, $"access/{manifest.Country}");
        foreach (var ledger in manifest.Ledgers)
        {
            var checkpoint = Checkpoint.Open(ledger.Checkpoint, Trusted(ledger.Vkey, ledger.Id));
            if (!LedgerId.TryParse(ledger.Id, out var id) || !_ledgers.TryAdd(id, checkpoint))
            {
                throw new FormatException($"'{ledger.Id}' is no ledger, or stands twice in the manifest.");
            }
        }
    }

    /// <summary>The trusted key that a ledger's vkey is; its name is an origin followed by the ledger.</summary>
    private NoteVerifier Trusted(string vkey, string ledger)
    {
        var key = trusted is null
            ? NoteVerifier.Parse(vkey)
            : trusted.FirstOrDefault(t => t.VerifierKey == vkey) ?? throw new FormatException($"The key of {ledger} is not among the trusted ones: {vkey}");
        return key.Name.EndsWith("/" + ledger, StringComparison.Ordinal)
            ? key
            : throw new FormatException($"The key '{key.Name}' is not the one of {ledger}.");
    }

    private void Entry(EvidenceEntry entry)
    {
        if (!LedgerId.TryParse(entry.Ledger, out var ledger) || !_ledgers.TryGetValue(ledger, out var checkpoint))
        {
            throw new FormatException($"The ledger '{entry.Ledger}' is not in the manifest.");
        }

        var body = Body(entry, out var leaf);
        var proof = entry.Proof.IsDefault ? throw new FormatException("The entry lacks its proof.") : Proof(entry.Proof);
        if (!ProofVerifier.VerifyInclusion(leaf, entry.Index, checkpoint.Size, proof, checkpoint.Root))
        {
            throw new FormatException($"Entry {entry.Index} is not in {ledger} as of its checkpoint.");
        }

        var place = AuditCursor.Of(AuditProjection.Read(ledger, new StoredEntry(entry.Index, body, leaf, default)));
        if (_last is { } last && place.CompareTo(last) >= 0)
        {
            throw new FormatException($"Entry {entry.Index} of {ledger} stands twice or out of order.");
        }

        _last = place;
        if (++Entries % ProgressEvery == 0)
        {
            progress?.Report(Entries);
        }
    }

    private byte[] Body(EvidenceEntry entry, out Hash256 leaf)
    {
        switch (entry)
        {
            case { Entry: { } text, LeafHash: null, View: null, Redacted: null }:
                var body = Encoding.UTF8.GetBytes(text);
                leaf = MerkleHash.Leaf(body);
                return body;
            case { Entry: null, LeafHash: { } hex, View: { } view, Redacted: not null } when _manifest!.View == "limited" && Hash256.TryParseHex(hex, out leaf):
                return JsonMarshal.GetRawUtf8Value(view).ToArray();
            default:
                throw new FormatException("The entry has neither its bytes nor a limited view of them.");
        }
    }

    private void End(EvidenceEnd end)
    {
        var sha256 = Hash256.FromBytes(_hash.GetCurrentHash());
        if (end.Entries != Entries)
        {
            throw new FormatException($"{end.Entries} entries are sealed, {Entries} are here.");
        }

        if (end.Sha256 != sha256.ToString())
        {
            throw new FormatException("The lines before are not those that were sealed.");
        }

        if (!SignedNote.TryParse(end.Note, out var note)
            || note.Text != new EvidenceSeal(_manifest!.Country, Entries, sha256).Write()
            || !note.IsSignedBy(_signer!))
        {
            throw new FormatException("The seal is not signed by the key that the manifest names, or is of another pack.");
        }

        _ended = true;
        progress?.Report(Entries);
    }

    private static ImmutableArray<Hash256> Proof(ImmutableArray<string> written)
    {
        var proof = ImmutableArray.CreateBuilder<Hash256>(written.Length);
        foreach (var text in written)
        {
            proof.Add(StrictText.TryHash(text, out var hash) ? hash : throw new FormatException("The proof has something else than hashes."));
        }

        return proof.MoveToImmutable();
    }

    private static T Read<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> type, Func<T, bool> isOne, string kind)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) is { } read && isOne(read) ? read : throw new FormatException($"The line is no '{kind}'.");
        }
        catch (JsonException e)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"The line is no '{kind}': {e.Message}"), e);
        }
    }
}
