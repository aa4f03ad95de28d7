using BriData.Ledger.Merkle;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;
using BriData.Testing.Ledger;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Ledger.Tests.Mirroring;

/// <summary>A growing ledger, what is published of it, and a folder that mirrors it.</summary>
internal sealed class MirrorScene : IDisposable
{
    private readonly InMemoryLedgerStore _store = new();
    private readonly LedgerTree _tree = LedgerTree.Empty(SampleLedger);

    public MirrorScene() => Published = new PublishedLedger(_store, SampleLedger, Signer);

    public static CheckpointSigner Signer { get; } = CheckpointSigner.Derive(new byte[32], "log.example/agreement/cn-kz-customs");

    public string Folder { get; } = Directory.CreateTempSubdirectory("bridata-mirror-").FullName;

    public PublishedLedger Published { get; }

    /// <summary>Files of the mirror, besides what keeps runs apart.</summary>
    public string[] Files =>
    [
        .. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Folder, f))
            .Where(f => f is not (".lock" or "ledger.json") && !f.StartsWith(".incoming", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public async Task GrowAsync(int entries)
    {
        if (entries > 0)
        {
            await _store.AppendAsync(_tree, Drafts(_tree.Head.Size, entries));
        }
    }

    public Task<MirrorResult> RunAsync(MirrorOptions? options = null, ILedgerSource? from = null) =>
        new LedgerMirror(from ?? Published, Folder, options ?? new MirrorOptions()).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>Another history under the same key, with this many entries in common.</summary>
    public static async Task<PublishedLedger> ForkAsync(int common, int further)
    {
        var store = new InMemoryLedgerStore();
        var tree = LedgerTree.Empty(SampleLedger);
        if (common > 0)
        {
            await store.AppendAsync(tree, Drafts(0, common));
        }

        await store.AppendAsync(tree, Drafts(1_000_000, further));
        return new PublishedLedger(store, SampleLedger, Signer);
    }

    public string PathOf(string file) => Path.Combine(Folder, file);

    public Task<string> HeldAsync() => File.ReadAllTextAsync(PathOf("checkpoint"));

    /// <summary>The folder holds exactly the resources of a log of this size, byte for byte, and nothing else.</summary>
    public async Task AssertMirrorsAsync(long size, params string[] besides)
    {
        Assert.Equal([.. PathsOf(size).Concat(besides).Order(StringComparer.Ordinal)], Files);
        foreach (var path in PathsOf(size))
        {
            var published = path == LedgerPaths.Checkpoint
                ? System.Text.Encoding.UTF8.GetBytes(await Published.CheckpointAsync(size))
                : (await Published.ReadAsync(path))!.Value.ToArray();
            Assert.Equal(published, await File.ReadAllBytesAsync(PathOf(path)));
        }
    }

    private static IEnumerable<string> PathsOf(long size)
    {
        yield return LedgerPaths.Checkpoint;
        for (var index = 0L; index * TileMath.Width < size; index++)
        {
            yield return TilePath.OfEntries(index, TileMath.WidthOf(0, index, size)).ToString();
        }

        for (var level = 0; level <= TileMath.MaxLevel; level++)
        {
            for (var index = 0L; index * TileMath.Width < TileMath.HashesAt(level, size); index++)
            {
                yield return TilePath.OfHashes(level, index, TileMath.WidthOf(level, index, size)).ToString();
            }
        }
    }
}
