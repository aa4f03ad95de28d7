using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using BriData.Benchmarks.Hosting;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Ledgers;
using Microsoft.Extensions.Options;

namespace BriData.Benchmarks.Ledgers;

/// <summary>
/// The entries of one exchange as the platform wrote them: request, deposit, release, acceptance. Others like it differ in
/// the transfer's number alone.
/// </summary>
internal sealed class RealExchange
{
    public const string Agreement = "bench-0001";

    private readonly ImmutableArray<string> _bodies;

    private RealExchange(ImmutableArray<string> bodies) => _bodies = bodies;

    /// <summary>Entries of one exchange.</summary>
    public int Count => _bodies.Length;

    /// <summary>Mean size of an entry, in bytes.</summary>
    public double MeanBytes => _bodies.Average(b => Encoding.UTF8.GetByteCount(b));

    /// <summary>
    /// Makes a world with one agreement in a directory, and performs transfer number 1 of it. When this returns the platform
    /// has stopped; the directory is left as it is.
    /// </summary>
    public static async Task<RealExchange> PerformAsync(string dataDirectory, TextWriter log)
    {
        await using (var host = await GatewayHost.StartAsync(dataDirectory, log))
        {
            var world = new BenchmarkWorld(host.Api);
            await world.CreateAgreementsAsync(1);
            await ExchangeAsync(host.Api, "touch");
        }

        return await ReadAsync(dataDirectory);
    }

    /// <summary>The exchange that <see cref="PerformAsync"/> left in a directory.</summary>
    public static async Task<RealExchange> ReadAsync(string dataDirectory)
    {
        using var directory = new StorageDirectory(dataDirectory);
        await using var store = new SqliteLedgerStore(directory, Options.Create(new SqliteStorageOptions()));
        var bodies = ImmutableArray.CreateBuilder<string>();
        await foreach (var entry in store.ReadAsync(LedgerId.Parse($"agreement/{Agreement}"), 0, 1_000))
        {
            var body = Encoding.UTF8.GetString(entry.Body.Span);
            if (body.Contains($"\"transfer\":\"{Agreement}:1\"", StringComparison.Ordinal))
            {
                bodies.Add(body);
            }
        }

        return bodies.Count == 4 ? new RealExchange(bodies.ToImmutable()) : throw new BenchmarkFailedException($"The exchange left {bodies.Count} entries.");
    }

    /// <summary>An entry of a transfer.</summary>
    /// <param name="number">The transfer.</param>
    /// <param name="step">0 to <see cref="Count"/> - 1.</param>
    public LedgerEntryDraft Entry(long number, int step)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        var body = _bodies[step]
            .Replace($"\"{Agreement}:1\"", $"\"{Agreement}:{digits}\"", StringComparison.Ordinal)
            .Replace("\"number\":1,", $"\"number\":{digits},", StringComparison.Ordinal);
        return new LedgerEntryDraft(Encoding.UTF8.GetBytes(body), SHA256.HashData(Encoding.ASCII.GetBytes($"{digits}-{step}")));
    }

    private static async Task ExchangeAsync(Gateway.SampleWorld.SampleApi api, string key)
    {
        var importer = await api.TokenAsync("KZ", "customs", "agency", "bench-officer");
        var exporter = await api.TokenAsync("CN", "customs", "agency", "bench-officer");
        var created = await api.PostAsync("v1/transfers", importer, key, BenchmarkWorld.Request(Agreement));
        var id = created["id"]!.GetValue<string>();
        using var content = new ByteArrayContent("goods\n"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        await api.SendAsync(HttpMethod.Put, $"v1/transfers/{id}/payload", exporter, null, content);
        await api.DownloadAsync($"v1/transfers/{id}/payload", importer);
        await api.PostAsync($"v1/transfers/{id}/accept", importer, $"{key}-accept", null);
    }
}
