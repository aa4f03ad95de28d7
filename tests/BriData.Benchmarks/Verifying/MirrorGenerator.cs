using BriData.Entries.Events;
using BriData.Entries.Tests.Judging;
using BriData.Ledger;
using BriData.Ledger.Merkle;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;

namespace BriData.Benchmarks.Verifying;

/// <summary>
/// Writes the mirror of an agreement's ledger: real decisions under the shipped rules of two countries, with approvals,
/// payloads and acceptances, through the platform's own encoder and tree.
/// </summary>
internal sealed class MirrorGenerator(string folder, int entries)
{
    private static readonly LedgerId Ledger = LedgerId.Parse("agreement/" + AgreementScript.Id);

    private readonly LedgerTree _tree = LedgerTree.Empty(Ledger);
    private readonly List<LedgerEntryDraft> _open = [];

    // The last tile of each level, as it is now.
    private readonly Dictionary<int, TileWrite> _edge = [];

    /// <summary>Writes it, unless it is there already.</summary>
    /// <returns>The ledger's verifier key.</returns>
    public async Task<string> RunAsync()
    {
        using var signer = CheckpointSigner.Derive(new byte[NoteSigner.SeedBytes], $"benchmark.bridata.example/{Ledger}");
        if (await IsThereAsync(signer.VerifierKey))
        {
            return signer.VerifierKey;
        }

        var documents = await AgreementScript.DocumentsAsync();
        var script = new AgreementScript(documents) { Append = Append, Step = TimeSpan.FromMilliseconds(20) };
        await script.BringIntoForceAsync();
        for (var i = 0; script.Size < entries; i++)
        {
            await ExchangeAsync(script, needsApproval: i % 4 == 0);
        }

        if (_open.Count > 0)
        {
            Flush();
        }

        foreach (var tile in _edge.Values)
        {
            Write(tile);
        }

        foreach (var digest in AgreementScript.Digests)
        {
            Write(LedgerPaths.Document(digest), (await documents.GetAsync(digest))!.Value.Span);
        }

        Write(LedgerPaths.Description, new LedgerDescription(Ledger.Value, signer.VerifierKey, null).Write());
        Write(LedgerPaths.Checkpoint, System.Text.Encoding.UTF8.GetBytes(signer.Sign(_tree.Head)));
        return signer.VerifierKey;
    }

    private async Task<bool> IsThereAsync(string key)
    {
        var source = new FolderLedgerSource(folder);
        return File.Exists(Path.Combine(folder, LedgerPaths.Description))
            && await source.ReadNoteAsync() is { } note
            && Checkpoint.Open(note, NoteVerifier.Parse(key)).Size == entries;
    }

    private async Task ExchangeAsync(AgreementScript script, bool needsApproval)
    {
        var number = await script.AskAsync(needsApproval ? AgreementScript.Manifests : AgreementScript.Declarations);
        Func<Task>[] steps = [() => needsApproval ? script.ApproveAsync(number) : Task.CompletedTask, () => script.DepositAsync(number), () => script.CollectAsync(number), () => script.AcceptAsync(number)];
        foreach (var step in steps)
        {
            if (script.Size < entries)
            {
                await step();
            }
        }

        script.Forget(number);
    }

    private void Append(LedgerEvent entry)
    {
        _open.Add(new LedgerEntryDraft(EventEncoder.Encode(entry)));
        if (_open.Count == TileMath.Width)
        {
            Flush();
        }
    }

    /// <summary>Writes a bundle with the tiles that it fills.</summary>
    private void Flush()
    {
        var batch = _tree.Prepare([.. _open]);
        _tree.Commit(batch);
        var (index, width) = (batch.ExpectedSize / TileMath.Width, _open.Count);
        using var bundle = new MemoryStream();
        Span<byte> prefix = stackalloc byte[EntryBundle.PrefixBytes];
        foreach (var draft in _open)
        {
            EntryBundle.WritePrefix(prefix, draft.Body.Length);
            bundle.Write(prefix);
            bundle.Write(draft.Body.Span);
        }

        var hashes = new byte[width * Hash256.ByteCount];
        for (var i = 0; i < width; i++)
        {
            batch.LeafHashes[i].CopyTo(hashes.AsSpan(i * Hash256.ByteCount));
        }

        Write(TilePath.OfEntries(index, width).ToString(), bundle.ToArray());
        Write(TilePath.OfHashes(0, index, width).ToString(), hashes);
        foreach (var tile in batch.Tiles)
        {
            _edge[tile.Level] = tile;
            if (tile.Hashes.Length == TileMath.Width * Hash256.ByteCount)
            {
                Write(tile);
            }
        }

        _open.Clear();
    }

    private void Write(TileWrite tile) =>
        Write(TilePath.OfHashes(tile.Level, tile.Index, tile.Hashes.Length / Hash256.ByteCount).ToString(), tile.Hashes.Span);

    private void Write(string path, ReadOnlySpan<byte> content)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }
}
