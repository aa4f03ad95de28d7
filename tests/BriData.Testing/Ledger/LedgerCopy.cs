using BriData.Ledger;
using BriData.Ledger.Merkle;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;

namespace BriData.Testing.Ledger;

/// <summary>The published resources of a ledger in memory, each of which a test can change.</summary>
public sealed class LedgerCopy : ILedgerSource
{
    private readonly Dictionary<string, byte[]> _resources = new(StringComparer.Ordinal);
    private int _reads;

    /// <summary>Every resource by its path.</summary>
    public IDictionary<string, byte[]> Resources => _resources;

    /// <inheritdoc/>
    public string Location { get; init; } = "memory";

    /// <summary>Number of resources that were asked for.</summary>
    public int Reads => _reads;

    /// <summary>The description the source gives of itself.</summary>
    public LedgerDescription Description { get; set; } = null!;

    /// <summary>Publishes entries as one ledger, signed under a key of the seed.</summary>
    public static async Task<LedgerCopy> OfAsync(LedgerId ledger, IEnumerable<ReadOnlyMemory<byte>> entries, byte seed = 1)
    {
        var store = new InMemoryLedgerStore();
        var tree = LedgerTree.Empty(ledger);
        foreach (var batch in entries.Chunk(1000))
        {
            await store.AppendAsync(tree, [.. batch.Select(e => new LedgerEntryDraft(e))]);
        }

        return await OfAsync(store, ledger, seed);
    }

    /// <summary>Publishes what a store holds.</summary>
    public static async Task<LedgerCopy> OfAsync(ILedgerStore store, LedgerId ledger, byte seed = 1)
    {
        using var signer = Signer(ledger, seed);
        var head = await store.GetHeadAsync(ledger);
        var published = new LedgerCopy { Description = new LedgerDescription(ledger.Value, signer.VerifierKey, null) };
        published._resources[LedgerPaths.Checkpoint] = System.Text.Encoding.UTF8.GetBytes(signer.Sign(head));
        for (var level = 0; level <= TileMath.MaxLevel; level++)
        {
            for (var index = 0L; TileMath.WidthOf(level, index, head.Size) is var width and > 0; index++)
            {
                var tile = await store.ReadTileAsync(ledger, level, index);
                published._resources[TilePath.OfHashes(level, index, width).ToString()] = tile.ToArray()[..(width * Hash256.ByteCount)];
            }
        }

        var bundle = new List<byte>();
        await foreach (var entry in store.ReadAsync(ledger, 0, head.Size))
        {
            var prefix = new byte[EntryBundle.PrefixBytes];
            EntryBundle.WritePrefix(prefix, entry.Body.Length);
            bundle.AddRange([.. prefix, .. entry.Body.Span]);
            if ((entry.Index + 1) % TileMath.Width == 0 || entry.Index + 1 == head.Size)
            {
                var index = entry.Index / TileMath.Width;
                published._resources[TilePath.OfEntries(index, TileMath.WidthOf(0, index, head.Size)).ToString()] = [.. bundle];
                bundle.Clear();
            }
        }

        return published;
    }

    /// <summary>The signer of a ledger; the same seed gives the same key.</summary>
    public static CheckpointSigner Signer(LedgerId ledger, byte seed = 1) =>
        CheckpointSigner.Derive([.. Enumerable.Repeat(seed, NoteSigner.SeedBytes)], $"test.bridata.example/{ledger}");

    /// <summary>Writes everything as files, as a mirror does.</summary>
    public async Task WriteAsync(string folder)
    {
        foreach (var (path, content) in _resources.Append(KeyValuePair.Create(LedgerPaths.Description, Description.Write())))
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, content);
        }
    }

    /// <summary>Adds a document that entries name.</summary>
    public Hash256 Add(ReadOnlyMemory<byte> document)
    {
        var digest = Hash256.OfSha256(document.Span);
        _resources[LedgerPaths.Document(digest)] = document.ToArray();
        return digest;
    }

    /// <inheritdoc/>
    public ValueTask<LedgerDescription> DescribeAsync(CancellationToken cancellationToken = default) => new(Description);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _reads);
        return new(_resources.TryGetValue(path, out var content) ? content.ToArray() : default(ReadOnlyMemory<byte>?));
    }
}
