using System.Collections.Immutable;
using System.Text.Json;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Ledgers;
using Microsoft.Extensions.Options;

namespace BriData.Benchmarks.Verifying;

/// <summary>
/// Speed counts only if nothing was lost: with the platform stopped, every ledger is read back from its files, verified,
/// and compared with what was acknowledged.
/// </summary>
internal static class LedgerCheck
{
    private const string Requested = "transfer.requested";

    /// <summary>Checks a data directory that no process has open.</summary>
    /// <param name="dataDirectory">The directory.</param>
    /// <param name="acknowledged">Transfers that were acknowledged, by agreement.</param>
    /// <returns>Transfers found.</returns>
    /// <exception cref="BenchmarkFailedException">A ledger does not verify, or has more, fewer or other transfers.</exception>
    public static async Task<long> RunAsync(string dataDirectory, ImmutableDictionary<string, long> acknowledged)
    {
        using var directory = new StorageDirectory(dataDirectory);
        await using var store = new SqliteLedgerStore(directory, Options.Create(new SqliteStorageOptions { DataDirectory = dataDirectory }));
        var total = 0L;
        foreach (var (agreement, expected) in acknowledged.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            var ledger = LedgerId.Parse($"agreement/{agreement}");
            var report = await LedgerVerifier.VerifyAsync(store, ledger);
            if (!report.Ok)
            {
                throw new BenchmarkFailedException($"{ledger} does not verify at entry {report.FirstBadIndex}: {report.Problem}");
            }

            var found = await CountAsync(store, ledger);
            if (found != expected)
            {
                throw new BenchmarkFailedException($"{ledger} has {found} transfers, {expected} were acknowledged.");
            }

            total += found;
        }

        return total;
    }

    private static async Task<long> CountAsync(ILedgerStore store, LedgerId ledger)
    {
        var count = 0L;
        await foreach (var stored in store.ReadAsync(ledger, 0, long.MaxValue))
        {
            using var entry = JsonDocument.Parse(stored.Body);
            if (entry.RootElement.GetProperty("kind").GetString() != Requested)
            {
                continue;
            }

            count++;
            if (entry.RootElement.GetProperty("data").GetProperty("number").GetInt64() is var number && number != count)
            {
                throw new BenchmarkFailedException($"{ledger} entry {stored.Index} is transfer {number}, {count} should follow.");
            }
        }

        return count;
    }
}
