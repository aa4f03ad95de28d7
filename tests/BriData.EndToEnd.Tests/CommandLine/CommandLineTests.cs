using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.CommandLine;

/// <summary>The command <c>bridata</c> as a process of its own against a running platform.</summary>
[Collection(GatewayGroup.Name)]
public sealed class CommandLineTests(SharedGateway gateway)
{
    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Replay_OfALedger_SaysThatEveryDecisionStands()
    {
        var (code, output, messages) = await BriDataCommand.RunAsync((await _office.AuditorAsync("KZ")).Token, "replay", gateway.Process.Address.ToString(), "agreement/cn-kz-customs");

        Assert.True(code == 0, messages);
        Assert.EndsWith("decisions, 0 come out otherwise", output.Trim(), StringComparison.Ordinal);
        Assert.False(output.StartsWith("0 decisions", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task Impact_OfTheVersionInForce_ChangesNothing()
    {
        var (code, output, messages) = await BriDataCommand.RunAsync((await _office.AdminAsync("KZ")).Token, "impact", gateway.Process.Address.ToString(), "KZ", "2026.1");

        Assert.True(code == 0, messages + output);
        Assert.EndsWith("decisions, 0 would change", output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_ByWhoMayNot_IsRefusedWithTheCode()
    {
        var (code, _, messages) = await BriDataCommand.RunAsync((await _office.AuditorAsync("SG")).Token, "replay", gateway.Process.Address.ToString(), "agreement/cn-kz-customs");

        Assert.Equal(3, code);
        Assert.Contains("unknown_ledger", messages, StringComparison.Ordinal);
    }
}
