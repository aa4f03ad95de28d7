using System.Diagnostics;
using BriData.EndToEnd.Tests.Architecture;
using BriData.EndToEnd.Tests.Independent;

namespace BriData.EndToEnd.Tests.Speed;

/// <summary>
/// Every benchmark on the smallest numbers that it takes. The figures are worth nothing; that it runs, checks what it did and
/// reports is what is tested.
/// </summary>
public sealed class BenchmarkTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    // Built beside these tests, with the same settings: bin/Release/net10.0.
    private static readonly string Program = Path.Combine(
        Repository.Root,
        "tests",
        "BriData.Benchmarks",
        Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "BriData.EndToEnd.Tests"), AppContext.BaseDirectory),
        "BriData.Benchmarks.dll");

    [Theory]
    [InlineData("transfers --agreements 1 --clients 2 --seconds 0.2 --warmup 0 --rounds 1", "transfers")]
    [InlineData("rules --rules 10 --requests 10 --seconds 0.05 --install no", "RulesEngine")]
    [InlineData("audit --entries 2000 --seconds 0.05", "index lag")]
    [InlineData("append --entries 1000 --rounds 1", "Proofs cost")]
    [InlineData("restart --entries 1000 --rounds 1", "Aim for ready")]
    [InlineData("verify --entries 1000 --rounds 1", "bridata verify")]
    public async Task Benchmark_SmallestNumbers_RunsAndReports(string arguments, string says)
    {
        var (code, output, messages) = await RunAsync(arguments);

        Assert.True(code == 0, messages);
        Assert.StartsWith("BriData ", output, StringComparison.Ordinal);
        Assert.Contains(says, output, StringComparison.Ordinal);
        if (arguments.StartsWith("verify", StringComparison.Ordinal) && GoProgram.WhyNot is null)
        {
            Assert.Contains("independent (Go)", output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("transfers --seconds 0")]
    [InlineData("audit --seconds")]
    [InlineData("rules --install perhaps")]
    [InlineData("append --speed 1")]
    [InlineData("restart --entries 1e9")]
    public async Task Benchmark_ArgumentsNotInOrder_SaysHowItIsUsed(string arguments)
    {
        var (code, output, messages) = await RunAsync(arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("BriData.Benchmarks verify [options]", messages, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Messages)> RunAsync(string arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var over = new CancellationTokenSource(Deadline);
        try
        {
            var (output, messages) = (process.StandardOutput.ReadToEndAsync(over.Token), process.StandardError.ReadToEndAsync(over.Token));
            await process.WaitForExitAsync(over.Token);
            return (process.ExitCode, await output, await messages);
        }
        finally
        {
            // The gateways that it starts too.
            process.Kill(entireProcessTree: true);
        }
    }
}
