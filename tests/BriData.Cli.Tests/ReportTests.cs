using System.Net;
using System.Text;

namespace BriData.Cli.Tests;

/// <summary>Reports on decisions made again: what is shown, and what the shell is told.</summary>
public sealed class ReportTests
{
    private const string Progress = """{"kind":"progress","ledger":"agreement/a","decisions":1000,"different":0,"difference":null,"detail":null}""";
    private const string Clean = """{"kind":"summary","ledger":"agreement/a","decisions":1200,"different":0,"difference":null,"detail":null}""";
    private const string Different = """{"kind":"different","ledger":"agreement/a","decisions":3,"different":1,"difference":{"transfer":"a:3","index":17,"recorded":{"outcome":"Permit","code":"PERMITTED","reason":"Permitted.","rules":[],"obligations":[]},"now":{"outcome":"Deny","code":"FORBIDDEN_BY_RULE","reason":"A rule forbids it.","rules":["r"],"obligations":[]}},"detail":null}""";
    private const string One = """{"kind":"summary","ledger":null,"decisions":3,"different":1,"difference":null,"detail":null}""";
    private const string Unreadable = """{"kind":"unreadable","ledger":"agreement/a","decisions":3,"different":0,"difference":null,"detail":"ledger_corrupt: entry 4"}""";

    [Fact]
    public async Task Replay_AllAsRecorded_SaysSoAndShowsProgressApart()
    {
        var terminal = new Terminal { Platform = _ => Terminal.Lines(Progress, Clean) };

        Assert.Equal(0, await terminal.RunAsync("replay", "https://platform.example/base", "agreement/a", "--from", "5", "--to", "99"));

        Assert.Equal("1200 decisions, 0 come out otherwise", terminal.Output.Trim());
        Assert.Contains("1000 decisions", terminal.Messages, StringComparison.Ordinal);
        Assert.Equal("https://platform.example/base/v1/ledgers/agreement/a/replay?from=5&to=99", terminal.Request!.RequestUri!.ToString());
        Assert.Equal("Bearer a.b.c", terminal.Request.Headers.Authorization!.ToString());
    }

    [Fact]
    public async Task Impact_WithChanges_ShowsEachAndExitsWithOne()
    {
        var terminal = new Terminal { Platform = _ => Terminal.Lines(Different, One) };

        Assert.Equal(1, await terminal.RunAsync("impact", "http://localhost:5080", "CN", "2026.2"));

        Assert.Contains("a:3 (entry 17)", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("recorded  Permit (PERMITTED): Permitted.", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("now       Deny (FORBIDDEN_BY_RULE): A rule forbids it.", terminal.Output, StringComparison.Ordinal);
        Assert.Equal(HttpMethod.Post, terminal.Request!.Method);
    }

    [Theory]
    [InlineData(Unreadable, "ledger_corrupt")]
    [InlineData(Progress, "not all")]
    [InlineData("{\"kind\":", "not JSON")]
    public async Task Replay_ThatDoesNotReachTheEnd_Fails(string line, string said)
    {
        var terminal = new Terminal { Platform = _ => Terminal.Lines(line) };

        Assert.Equal(3, await terminal.RunAsync("replay", "http://localhost:5080", "agreement/a"));

        Assert.Contains(said, terminal.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"code":"unknown_ledger","detail":"There is no ledger 'agreement/a'."}""", "Refused (unknown_ledger): There is no ledger 'agreement/a'.")]
    [InlineData("<html>", "The platform answered with status 404.")]
    public async Task Replay_Refused_SaysWhy(string body, string said)
    {
        var terminal = new Terminal { Platform = _ => new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent(body, Encoding.UTF8) } };

        Assert.Equal(3, await terminal.RunAsync("replay", "http://localhost:5080", "agreement/a"));

        Assert.Equal(said, terminal.Messages.Trim());
    }

    [Fact]
    public async Task Replay_Unreachable_SaysSo()
    {
        var terminal = new Terminal { Platform = _ => throw new HttpRequestException("no route") };

        Assert.Equal(3, await terminal.RunAsync("replay", "http://localhost:5080", "agreement/a"));

        Assert.Contains("cannot be reached: no route", terminal.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WithoutToken_AsksForIt()
    {
        var terminal = new Terminal { Token = null };

        Assert.Equal(2, await terminal.RunAsync("replay", "http://localhost:5080", "agreement/a"));

        Assert.Contains("BRIDATA_TOKEN", terminal.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replay", "ftp://platform", "agreement/a")]
    [InlineData("replay", "http://localhost:5080", "agreement")]
    [InlineData("replay", "http://localhost:5080", "agreement/a", "--from", "9", "--to", "3")]
    [InlineData("replay", "http://localhost:5080")]
    [InlineData("no-such-command")]
    public async Task Arguments_NotInOrder_AreRefusedBeforeAnyCall(params string[] arguments)
    {
        var terminal = new Terminal();

        Assert.Equal(2, await terminal.RunAsync(arguments));

        Assert.Null(terminal.Request);
        Assert.NotEmpty(terminal.Messages);
    }
}
