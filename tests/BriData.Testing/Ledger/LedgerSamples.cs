using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BriData.Ledger;
using BriData.Ledger.Storage;

namespace BriData.Testing.Ledger;

/// <summary>Entries and shortcuts that ledger tests share. Everything is derived from numbers; nothing is random.</summary>
public static class LedgerSamples
{
    public static LedgerId SampleLedger { get; } = LedgerId.Parse("agreement/cn-kz-customs");

    public static LedgerId Numbered(int number) => LedgerId.Parse("agreement/sample-" + number.ToString("D3", CultureInfo.InvariantCulture));

    /// <summary>A small canonical entry that differs for every number.</summary>
    public static byte[] Body(long number) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"kind":"sample","n":{{number}},"v":1}"""));

    /// <summary>A 32-byte key that differs for every number.</summary>
    public static byte[] Key(long number) => SHA256.HashData(BitConverter.GetBytes(number));

    public static LedgerEntryDraft[] Drafts(long first, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new LedgerEntryDraft(Body(first + i)))];

    /// <summary>Prepares, appends and commits one batch.</summary>
    public static async Task<LedgerBatch> AppendAsync(this ILedgerStore store, LedgerTree tree, params LedgerEntryDraft[] drafts)
    {
        var batch = tree.Prepare(drafts);
        await store.AppendAsync(batch);
        tree.Commit(batch);
        return batch;
    }

    /// <summary>Appends numbered entries in batches of the given sizes, and returns the tree.</summary>
    public static async Task<LedgerTree> FillAsync(this ILedgerStore store, LedgerId ledger, params int[] batches)
    {
        var tree = LedgerTree.Empty(ledger);
        foreach (var count in batches)
        {
            await store.AppendAsync(tree, Drafts(tree.Head.Size, count));
        }

        return tree;
    }

    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> source)
    {
        var items = new List<T>();
        await foreach (var item in source)
        {
            items.Add(item);
        }

        return items;
    }
}
