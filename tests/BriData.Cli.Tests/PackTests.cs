using BriData.Policy.RulePacks;

namespace BriData.Cli.Tests;

/// <summary>Rule packs in files.</summary>
public sealed class PackTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bridata-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Test_ShippedPack_Passes()
    {
        var terminal = new Terminal();

        Assert.Equal(0, await terminal.RunAsync("pack", "test", Write(Shipped())));

        Assert.Contains("KZ 2026.1", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("0 failed", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_CaseThatFails_IsNamedWithItsLine()
    {
        var terminal = new Terminal();
        var source = Shipped();
        var at = source.IndexOf("outcome: PROHIBITED, rule", source.IndexOf("\ntests:", StringComparison.Ordinal), StringComparison.Ordinal);

        Assert.Equal(1, await terminal.RunAsync("pack", "test", Write(source.Remove(at) + "outcome: EXEMPT, rule" + source[(at + "outcome: PROHIBITED, rule".Length)..])));

        Assert.Contains("expected EXEMPT, got PROHIBITED", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("1 failed", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_NoPack_NamesEveryErrorWithLineAndColumn()
    {
        var terminal = new Terminal();

        Assert.Equal(2, await terminal.RunAsync("pack", "test", Write("format: 1\njurisdiction: XX\n")));

        Assert.Contains("pack.yaml:2:15: unknown_jurisdiction", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("missing_key", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyse_RuleTakenFromItsPlace_IsFoundWithACase()
    {
        var terminal = new Terminal();

        Assert.Equal(1, await terminal.RunAsync("pack", "analyse", Write("""
            format: 1
            jurisdiction: SG
            version: "1"
            title: {en: Test}
            disclaimer: engineering summary, not legal advice
            lastChecked: 2026-11-22
            rules:
              - id: free
                citation: {law: Test Law}
                certainty: P+
                effectiveFrom: 2020-01-01
                when: {fact: ciio, eq: false}
                outcome: FREE_FLOW
                texts: {en: Free}
              - id: forbidden
                citation: {law: Test Law}
                certainty: P+
                effectiveFrom: 2020-01-01
                when: {fact: coreData, eq: true}
                outcome: PROHIBITED
                texts: {en: Forbidden}
            """)));

        Assert.Contains("pack.yaml:8: Overlap:", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("FREE_FLOW by free", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_NoFile_IsRefused() => Assert.Equal(2, await new Terminal().RunAsync("pack", "test", Path.Combine(_folder, "none.yaml")));

    private static string Shipped() => System.Text.Encoding.UTF8.GetString(BuiltInPacks.Find("KZ")!.Yaml.Span);

    private string Write(string source)
    {
        var file = Path.Combine(_folder, "pack.yaml");
        File.WriteAllText(file, source);
        return file;
    }
}
