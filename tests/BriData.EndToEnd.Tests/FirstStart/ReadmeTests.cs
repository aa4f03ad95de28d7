using System.Diagnostics;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.FirstStart;

/// <summary>The README's commands, run as printed there: the start of the platform, and the exchange by hand line by line.</summary>
public sealed class ReadmeTests
{
    private const string Fence = "```";
    private const string PrintedAddress = "localhost:5080";

    [Fact]
    public async Task StartAndExchangeByHand_EveryLine_GivesWhatItPromises()
    {
        await using var gateway = GatewayProcess.ByCommand(Assert.Single(Lines("## Start")));
        await gateway.StartAsync();
        var lines = Lines("## A first exchange by hand").Select(line => line.Replace(PrintedAddress, gateway.Address.Authority, StringComparison.Ordinal)).ToArray();

        var output = await RunAsync(string.Join("\necho\n", lines));

        Assert.Equal(5, lines.Length);
        Assert.Contains("\"id\":\"CN/customs/declarations\"", output, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"permitted\"", output, StringComparison.Ordinal);
        Assert.Contains("c2sp.org/tlog-proof@v1", output, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"transfer.requested\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("urn:bridata:problem", output, StringComparison.Ordinal);
        Assert.Equal(0, await gateway.StopAsync());
    }

    /// <summary>The lines of a section's first listing.</summary>
    private static string[] Lines(string heading)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));
        var section = text[text.IndexOf(heading + "\n", StringComparison.Ordinal)..];
        var start = section.IndexOf('\n', section.IndexOf(Fence, StringComparison.Ordinal)) + 1;
        return section[start..section.IndexOf(Fence, start, StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<string> RunAsync(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash") { ArgumentList = { "-euc", script }, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        Assert.True(bash.ExitCode == 0, await errors);
        return await output;
    }
}
