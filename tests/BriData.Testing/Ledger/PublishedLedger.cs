using System.Collections.Concurrent;
using System.Text;
using BriData.Ledger;
using BriData.Ledger.Merkle;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;

namespace BriData.Testing.Ledger;

/// <summary>A ledger of a store as the platform publishes it, without a platform, and with whatever a test wants to go wrong.</summary>
public sealed class PublishedLedger(ILedgerStore store, LedgerId ledger, CheckpointSigner signer) : ILedgerSource
{
    /// <summary>What has been asked for.</summary>
    public ConcurrentQueue<string> Reads { get; } = new();

    /// <summary>Documents by digest.</summary>
    public ConcurrentDictionary<Hash256, byte[]> Documents { get; } = new();

    /// <summary>Publishes an earlier head than the store has.</summary>
    public long? Size { get; set; }

    /// <summary>Changes what is published at a path; null stands for what is not there.</summary>
    public Func<string, byte[]?, byte[]?> Change { get; set; } = static (_, content) => content;

    /// <inheritdoc/>
    public string Location => "the platform";

    /// <inheritdoc/>
    public ValueTask<LedgerDescription> DescribeAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new LedgerDescription(ledger.Value, signer.VerifierKey, "https://platform.example/v1/ledgers/" + ledger));

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Reads.Enqueue(path);
        return Change(path, await PublishedAsync(path)) is { } content ? content : default(ReadOnlyMemory<byte>?);
    }

    /// <summary>The signed checkpoint of an earlier size.</summary>
    public async Task<string> CheckpointAsync(long size) =>
        signer.Sign(new LedgerHead(ledger, size, await ProofBuilder.RootAsync(store, ledger, size)));

    private async Task<byte[]?> PublishedAsync(string path)
    {
        var size = Size ?? (await store.GetHeadAsync(ledger)).Size;
        if (path == LedgerPaths.Checkpoint)
        {
            return Encoding.UTF8.GetBytes(await CheckpointAsync(size));
        }

        if (LedgerPaths.TryDocument(path, out var digest))
        {
            return Documents.GetValueOrDefault(digest);
        }

        return TilePath.TryParse(path, out var tile) && tile.Width <= tile.WidthAt(size) ? await ContentAsync(tile) : null;
    }

    private async Task<byte[]> ContentAsync(TilePath tile)
    {
        if (tile.Level is { } level)
        {
            return (await store.ReadTileAsync(ledger, level, tile.Index))[..(tile.Width * Hash256.ByteCount)].ToArray();
        }

        var bundle = new MemoryStream();
        await foreach (var entry in store.ReadAsync(ledger, tile.Index * TileMath.Width, (tile.Index * TileMath.Width) + tile.Width))
        {
            var prefix = new byte[EntryBundle.PrefixBytes];
            EntryBundle.WritePrefix(prefix, entry.Body.Length);
            bundle.Write(prefix);
            bundle.Write(entry.Body.Span);
        }

        return bundle.ToArray();
    }
}
