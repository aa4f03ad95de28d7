using System.Diagnostics;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.CommandLine;

/// <summary>The command <c>bridata</c> as a process of its own against a running platform.</summary>
[Collection(GatewayGroup.Name)]
public sealed class CommandLineTests(SharedGateway gateway)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "cli", "bridata.dll");

    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Replay_OfALedger_SaysThatEveryDecisionStands()
    {
        var (code, output, messages) = await RunAsync((await _office.AuditorAsync("KZ")).Token, "replay", gateway.Process.Address.ToString(), "agreement/cn-kz-customs");

        Assert.True(code == 0, messages);
        Assert.EndsWith("decisions, 0 come out otherwise", output.Trim(), StringComparison.Ordinal);
        Assert.False(output.StartsWith("0 decisions", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task Impact_OfTheVersionInForce_ChangesNothing()
    {
        var (code, output, messages) = await RunAsync((await _office.AdminAsync("KZ")).Token, "impact", gateway.Process.Address.ToString(), "KZ", "2026.1");

        Assert.True(code == 0, messages + output);
        Assert.EndsWith("decisions, 0 would change", output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_ByWhoMayNot_IsRefusedWithTheCode()
    {
        var (code, _, messages) = await RunAsync((await _office.AuditorAsync("SG")).Token, "replay", gateway.Process.Address.ToString(), "agreement/cn-kz-customs");

        Assert.Equal(3, code);
        Assert.Contains("unknown_ledger", messages, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Messages)> RunAsync(string? token, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["BRIDATA_TOKEN"] = token;
        using var process = Process.Start(start)!;
        var (output, messages) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await messages);
    }
}
