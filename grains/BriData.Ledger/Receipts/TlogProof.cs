using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using BriData.Ledger.Merkle;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;
using BriData.Ledger.Verification;

namespace BriData.Ledger.Receipts;

/// <summary>An offline-verifiable receipt, C2SP tlog-proof: checkpoint, index and inclusion proof.</summary>
public sealed record TlogProof
{
    private const string Magic = "c2sp.org/tlog-proof@v1";
    private const string ExtraPrefix = "extra ";
    private const string IndexPrefix = "index ";
    private const int MaxPath = 63;

    /// <summary>Zero-based index of the entry.</summary>
    public required long Index { get; init; }

    /// <summary>Inclusion proof, from the leaf's sibling up (RFC 6962 section 2.1.1).</summary>
    public required ImmutableArray<Hash256> Path { get; init; }

    /// <summary>The signed checkpoint, verbatim.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Opaque data that nothing vouches for; null when the line is absent.</summary>
    public ReadOnlyMemory<byte>? Extra { get; init; }

    /// <exception cref="FormatException">The text is not a tlog-proof.</exception>
    public static TlogProof Parse(string text) =>
        TryParse(text, out var proof) ? proof : throw new FormatException("The text is not a tlog-proof.");

    /// <summary>Reads the format strictly. Nothing is verified but the form, which includes that of the checkpoint.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out TlogProof? proof)
    {
        proof = null;
        var split = text?.IndexOf("\n\n", StringComparison.Ordinal) ?? -1;
        if (split < 0)
        {
            return false;
        }

        var lines = new Queue<string>(text![..split].Split('\n'));
        var checkpoint = text[(split + 2)..];
        if (lines.Dequeue() != Magic || !SignedNote.TryParse(checkpoint, out var note) || !Notes.Checkpoint.TryParse(note.Text, out _))
        {
            return false;
        }

        byte[]? extra = null;
        if (lines.TryPeek(out var line) && line.StartsWith(ExtraPrefix, StringComparison.Ordinal))
        {
            if (!StrictText.TryBase64(lines.Dequeue().AsSpan(ExtraPrefix.Length), out extra))
            {
                return false;
            }
        }

        if (!lines.TryDequeue(out line)
            || !line.StartsWith(IndexPrefix, StringComparison.Ordinal)
            || !StrictText.TryDecimal(line.AsSpan(IndexPrefix.Length), out var index)
            || lines.Count > MaxPath)
        {
            return false;
        }

        var path = ImmutableArray.CreateBuilder<Hash256>(lines.Count);
        foreach (var encoded in lines)
        {
            if (!StrictText.TryHash(encoded, out var hash))
            {
                return false;
            }

            path.Add(hash);
        }

        proof = new TlogProof { Index = index, Path = path.MoveToImmutable(), Checkpoint = checkpoint, Extra = extra is null ? default(ReadOnlyMemory<byte>?) : extra };
        return true;
    }

    /// <summary>The file's text (UTF-8 on the wire; extension <c>.tlog-proof</c>).</summary>
    public string Write()
    {
        var text = new StringBuilder(Magic).Append('\n');
        if (Extra is { } extra)
        {
            text.Append(ExtraPrefix).Append(Convert.ToBase64String(extra.Span)).Append('\n');
        }

        text.Append(IndexPrefix).Append(Index.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in Path)
        {
            text.Append(hash.ToBase64()).Append('\n');
        }

        return text.Append('\n').Append(Checkpoint).ToString();
    }

    /// <summary>Verifies that the log whose key this is has the leaf at <see cref="Index"/>. Never throws on a bad proof.</summary>
    public TlogProofResult Verify(Hash256 leaf, NoteVerifier log)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (!SignedNote.TryParse(Checkpoint, out var note) || !Notes.Checkpoint.TryParse(note.Text, out var checkpoint))
        {
            return new TlogProofResult("The checkpoint is malformed.", null);
        }

        if (checkpoint.Origin != log.Name)
        {
            return new TlogProofResult($"The checkpoint is of '{checkpoint.Origin}', not of '{log.Name}'.", null);
        }

        if (!note.IsSignedBy(log))
        {
            return new TlogProofResult("The checkpoint is not signed by the log's key.", null);
        }

        return ProofVerifier.VerifyInclusion(leaf, Index, checkpoint.Size, Path, checkpoint.Root)
            ? new TlogProofResult(null, checkpoint)
            : new TlogProofResult($"The entry is not at index {Index} of the checkpointed ledger.", null);
    }

    /// <inheritdoc cref="Verify(Hash256, NoteVerifier)"/>
    /// <param name="entry">The entry's bytes, from which the leaf hash is computed.</param>
    /// <param name="log">The log's key.</param>
    public TlogProofResult VerifyEntry(ReadOnlySpan<byte> entry, NoteVerifier log) => Verify(MerkleHash.Leaf(entry), log);

    /// <summary>As above, and that enough witnesses have cosigned the checkpoint (C2SP tlog-proof, Verification).</summary>
    /// <inheritdoc cref="VerifyEntry(ReadOnlySpan{byte}, NoteVerifier)"/>
    /// <param name="witnesses">Witnesses whose cosignatures count.</param>
    /// <param name="quorum">How many of them are needed.</param>
    public TlogProofResult VerifyEntry(ReadOnlySpan<byte> entry, NoteVerifier log, IReadOnlyList<CosignatureVerifier> witnesses, int quorum)
    {
        ArgumentNullException.ThrowIfNull(witnesses);
        var result = VerifyEntry(entry, log);
        if (!result.IsValid)
        {
            return result;
        }

        try
        {
            var count = WitnessCheck.Count(SignedNote.Parse(Checkpoint), witnesses, LedgerPaths.Checkpoint);
            return WitnessCheck.Missing(count, witnesses.Count, quorum) is { } missing ? new TlogProofResult(missing.Message, null) : result with { Witnesses = count };
        }
        catch (SourceProblemException e)
        {
            return new TlogProofResult(e.Finding.Message, null);
        }
    }

    public override string ToString() => Write();
}
