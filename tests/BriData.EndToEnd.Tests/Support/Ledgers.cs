using System.Text.Json;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Ledgers;
using Microsoft.Extensions.Options;

namespace BriData.EndToEnd.Tests.Support;

/// <summary>Ledgers as auditors see them over HTTP, and as they lie on disk once the process has ended.</summary>
internal static class Ledgers
{
    /// <summary>Size of every ledger that an auditor of any of these countries sees, but for accesses, which asking adds to.</summary>
    public static async Task<SortedDictionary<string, long>> SizesAsync(Office office, params string[] countries)
    {
        var sizes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var country in countries)
        {
            var list = (await (await office.AuditorAsync(country)).GetAsync("v1/ledgers")).Is(200);
            foreach (var ledger in list.List("items").Where(l => !l.GetProperty("id").GetString()!.StartsWith("access/", StringComparison.Ordinal)))
            {
                sizes[ledger.GetProperty("id").GetString()!] = ledger.GetProperty("size").GetInt64();
            }
        }

        return sizes;
    }

    /// <summary>Opens the files of a gateway that has ended.</summary>
    public static async Task ReadOfflineAsync(string dataDirectory, Func<ILedgerStore, Task> read)
    {
        using var directory = new StorageDirectory(dataDirectory);
        await using var store = new SqliteLedgerStore(directory, Options.Create(new SqliteStorageOptions { DataDirectory = dataDirectory }));
        await read(store);
    }

    /// <summary>Verifies every ledger from its entries' bytes; returns how many there are.</summary>
    public static async Task<int> VerifyAllAsync(ILedgerStore store)
    {
        var count = 0;
        await foreach (var head in store.ListAsync())
        {
            var report = await LedgerVerifier.VerifyAsync(store, head.Ledger);
            Assert.True(report.Ok, $"{head.Ledger} does not verify at entry {report.FirstBadIndex}: {report.Problem}");
            Assert.Equal(head.Size, report.Entries);
            count++;
        }

        return count;
    }

    /// <summary>The entries of one kind.</summary>
    public static async Task<List<JsonElement>> EntriesAsync(ILedgerStore store, string ledger, string kind)
    {
        var entries = new List<JsonElement>();
        await foreach (var entry in store.ReadAsync(LedgerId.Parse(ledger), 0, long.MaxValue))
        {
            using var json = JsonDocument.Parse(entry.Body);
            if (json.RootElement.GetProperty("kind").GetString() == kind)
            {
                entries.Add(json.RootElement.Clone());
            }
        }

        return entries;
    }
}
