using System.Text.Json;
using BriData.Benchmarks.Measuring;
using BriData.Benchmarks.Reporting;

namespace BriData.Benchmarks;

/// <summary>
/// Authenticated <c>POST /v1/transfers</c> over HTTP with durable commits, beside an echo endpoint in the same process with
/// the same authentication and JSON, for several numbers of agreements.
/// </summary>
internal sealed class TransferBenchmark(TransferOptions options, TextWriter output, TextWriter log)
{
    public async Task RunAsync()
    {
        var parent = Directory.CreateDirectory(Path.Combine(options.DataDirectory ?? Path.GetTempPath(), $"bridata-bench-{Guid.NewGuid():N}"));
        try
        {
            var machine = Machine.Describe(parent.FullName);
            var results = new List<AgreementResult>();
            foreach (var agreements in options.Agreements)
            {
                await log.WriteLineAsync($"process {Environment.ProcessId}: {agreements} agreements");
                results.Add(await new AgreementRun(options, agreements, Path.Combine(parent.FullName, $"{results.Count}"), log).RunAsync());
            }

            await ReportAsync(new BenchmarkReport(
                machine, options.Clients, options.Measured.TotalSeconds, options.Warmup.TotalSeconds, options.Rounds, results));
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    private async Task ReportAsync(BenchmarkReport report)
    {
        ReportTable.Write(output, report);
        if (options.JsonFile is { } path)
        {
            await File.WriteAllBytesAsync(path, JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Default.BenchmarkReport));
        }
    }
}
