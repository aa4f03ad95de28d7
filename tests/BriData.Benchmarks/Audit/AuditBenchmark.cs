using System.Text.Json;
using BriData.Benchmarks.Measuring;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Storage.Sqlite.Audit;
using BriData.Storage.Sqlite.Hosting;
using Microsoft.Extensions.Options;

namespace BriData.Benchmarks.Audit;

/// <summary>
/// The questions of an auditor, put to an index of generated entries, and the index's lag while entries come in.
/// </summary>
internal sealed class AuditBenchmark(AuditOptions options, TextWriter output, TextWriter log)
{
    private readonly AuditWorld _world = new();

    public async Task RunAsync()
    {
        var folder = options.Folder ?? Path.Combine(Path.GetTempPath(), $"bridata-audit-{Guid.NewGuid():N}");
        try
        {
            using var directory = new StorageDirectory(folder);
            using var index = new SqliteAuditIndex(directory, Options.Create(new SqliteStorageOptions { DataDirectory = folder }));
            var report = await MeasureAsync(index, directory.FullPath);
            AuditReportTable.Write(output, report);
            if (options.JsonFile is { } path)
            {
                await File.WriteAllBytesAsync(path, JsonSerializer.SerializeToUtf8Bytes(report, AuditReportJson.Default.AuditReport));
            }
        }
        finally
        {
            if (options.Folder is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task<AuditReport> MeasureAsync(SqliteAuditIndex index, string folder)
    {
        var progress = await AuditBuild.ProgressAsync(index);
        var built = progress.Count == 0 ? await BuildAsync(index, progress) : null;
        var entries = progress.Values.Sum();
        if (entries < options.Entries)
        {
            throw new BenchmarkFailedException($"The index in {folder} has {entries} entries only, from a run that did not end. Remove it.");
        }

        var end = await NewestAsync(index);
        var inquiries = new AuditInquiries(_world, AuditBuild.Start, end).All().ToList();
        var results = new List<InquiryResult>();
        foreach (var inquiry in inquiries)
        {
            results.Add(await new AuditAsking(index, new Random(1)).MeasureAsync(inquiry, options.Measured));
            await log.WriteLineAsync($"{inquiry.Name}: p99 {results[^1].P99Milliseconds:f2} ms");
        }

        var bytes = new DirectoryInfo(folder).EnumerateFiles().Sum(f => f.Length);
        var traffic = new AuditTraffic(_world, (int)(entries % int.MaxValue), end, TimeSpan.FromSeconds(5), progress, entries);
        var single = await AuditBuild.SinglesAsync(index, traffic);
        var load = await new AuditLoad(index, traffic, inquiries, options).RunAsync();
        return new AuditReport(Machine.Describe(folder), entries, bytes, built, single, results, load);
    }

    private async Task<AuditBuildResult> BuildAsync(SqliteAuditIndex index, Dictionary<LedgerId, long> progress)
    {
        // About as many entries per request or act, spread over the whole time.
        const double EntriesEach = 3.4;
        var traffic = new AuditTraffic(_world, 0, AuditBuild.Start, AuditBuild.Span / (options.Entries / EntriesEach), progress);
        return await AuditBuild.FillAsync(index, traffic, options.Entries, log);
    }

    private async Task<DateTimeOffset> NewestAsync(SqliteAuditIndex index)
    {
        var newest = AuditBuild.Start;
        foreach (var country in _world.Countries.Values)
        {
            var page = await index.SearchAsync(new AuditQuery { VisibleTo = country, Limit = 1 });
            newest = page.Items.Select(r => r.At).Append(newest).Max();
        }

        return newest;
    }
}
