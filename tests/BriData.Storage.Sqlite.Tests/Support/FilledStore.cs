using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Documents;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Ledgers;
using BriData.Testing.Ledger;
using Microsoft.Extensions.Options;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Storage.Sqlite.Tests.Support;

/// <summary>A directory with ledgers that use every part of the format, and all that can be read from them.</summary>
internal static class FilledStore
{
    private const int Entries = 700;

    /// <summary>What can be read of the ledgers.</summary>
    public static readonly LedgerId[] Ledgers = [Numbered(1), Numbered(2)];

    /// <summary>Two ledgers by turns, with keys, private values, tiles and a document.</summary>
    public static async Task FillAsync(string path, int batches = 4)
    {
        using var directory = new StorageDirectory(path);
        await using var store = Open(directory);
        await new SqliteDocumentStore(store).PutAsync(Body(12_345));
        await AppendAsync(store, Entries / batches, batches);
    }

    public static async Task AppendAsync(SqliteLedgerStore store, int each, int batches)
    {
        var trees = await Task.WhenAll(Ledgers.Select(l => LedgerTree.LoadAsync(store, l)));
        for (var batch = 0; batch < batches; batch++)
        {
            foreach (var tree in trees)
            {
                await store.AppendAsync(tree, [.. Enumerable.Range((int)tree.Head.Size, each).Select(Draft)]);
            }
        }
    }

    public static SqliteLedgerStore Open(StorageDirectory directory) => new(directory, Options.Create(new SqliteStorageOptions { BusyTimeout = TimeSpan.Zero }));

    /// <summary>Everything that can be read of the ledgers, in one text.</summary>
    public static async Task<string> ReadAsync(SqliteLedgerStore store)
    {
        var all = new System.Text.StringBuilder();
        foreach (var ledger in Ledgers)
        {
            var head = await store.GetHeadAsync(ledger);
            all.Append(head).Append((await LedgerTree.LoadAsync(store, ledger)).Head);
            foreach (var entry in await store.ReadAsync(ledger, 0, head.Size).ToListAsync())
            {
                all.Append(entry.Index).Append(Convert.ToHexString(entry.Body.Span)).Append(Convert.ToHexString(entry.Sidecar.Span));
                all.Append(await store.FindByKeyAsync(ledger, Key(entry.Index)));
            }

            for (var level = 0; level < 3; level++)
            {
                all.Append(Convert.ToHexString((await store.ReadTileAsync(ledger, level, 0)).Span));
            }
        }

        var document = await new SqliteDocumentStore(store).GetAsync(Hash256.OfSha256(Body(12_345)));
        return all.Append(Convert.ToHexString(document.GetValueOrDefault().Span)).ToString();
    }

    private static LedgerEntryDraft Draft(int index) => new(
        Body(index), index % 2 == 0 ? Key(index) : default(ReadOnlyMemory<byte>), index % 5 == 0 ? Body(1000 + index) : default(ReadOnlyMemory<byte>));
}
