using System.Text.RegularExpressions;
using BriData.EndToEnd.Tests.Support;
using BriData.Ledger.Storage;

namespace BriData.EndToEnd.Tests.FirstStart;

/// <summary>The README's first command, and the same command again.</summary>
public sealed partial class FirstStartTests(FirstStartTests.TwoStarts starts) : IClassFixture<FirstStartTests.TwoStarts>
{
    private static readonly string[] Steps = ["request", "decision", "deposit", "delivery", "acceptance", "receipt", "request", "decision"];

    [Fact]
    public void FirstStart_EmptyDirectory_PrintsEachStepInOrder() =>
        Assert.Equal(Steps, starts.First.Select(l => StepLine().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value));

    [Fact]
    public void FirstStart_EmptyDirectory_PrintsThePermitWithItsRulesAndCitations()
    {
        var decision = Section("A first exchange", "A refusal");
        Assert.Contains(decision, l => l.Contains("Permit (PERMITTED), transfer cn-kz-customs:1, status permitted", StringComparison.Ordinal));
        Assert.Contains(decision, l => Rule("CN").IsMatch(l));
        Assert.Contains(decision, l => Rule("agreement").IsMatch(l) && l.Contains("agreement.grant.declarations", StringComparison.Ordinal));
    }

    [Fact]
    public void FirstStart_EmptyDirectory_DeliversTheRealFileWithItsHash()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "gateway", "SampleWorld", "Data", "harmonized-system.csv");
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));
        Assert.Contains(starts.First, l => l.Trim() == $"SHA-256 {hash}, as deposited");
    }

    [Fact]
    public void FirstStart_EmptyDirectory_ChecksTheProofOfTheReceipt() =>
        Assert.Contains(starts.First, l => l.Contains("proof checked: the entry is in the tree of", StringComparison.Ordinal));

    [Fact]
    public void FirstStart_EmptyDirectory_PrintsARefusalWithItsReasonsAndRemedy()
    {
        var refusal = Section("A refusal", "ready");
        Assert.Contains(refusal, l => l.Contains("decision   Deny (", StringComparison.Ordinal) && l.EndsWith("status denied", StringComparison.Ordinal));
        Assert.Contains(refusal, l => Rule("CN").IsMatch(l));
        Assert.Contains(refusal, l => l.TrimStart().StartsWith("remedy: ", StringComparison.Ordinal));
    }

    [Fact]
    public void FirstStart_EmptyDirectory_SaysWhereEverythingIsAndThenReady()
    {
        string[] names = ["API", "Reader", "OpenAPI", "Data"];
        Assert.Equal([.. names, "ready"], starts.First.Select(l => l.Split(' ')[0]).Where(w => names.Contains(w) || w == "ready"));
        Assert.Equal("ready", starts.First[^1]);
    }

    [Fact]
    public void FirstStart_EmptyDirectory_ReportsNoTrouble() => Assert.DoesNotContain(starts.First, IsTrouble);

    [Fact]
    public void Stop_Terminated_EndsWithZero() => Assert.Equal([0, 0], starts.ExitCodes);

    [Fact]
    public void SecondStart_SameDirectory_FindsEverythingAndExchangesNothingAgain()
    {
        Assert.Contains(starts.Second, l => l.StartsWith("Sample world found from an earlier start", StringComparison.Ordinal));
        Assert.Contains(starts.Second, l => l.Contains("on record since an earlier start, status accepted", StringComparison.Ordinal));
        Assert.Contains(starts.Second, l => l.Contains("transfer cn-kz-customs:1, status permitted", StringComparison.Ordinal));
        Assert.Contains(starts.Second, l => l.Contains("transfer cn-kz-customs:2, status denied", StringComparison.Ordinal));
    }

    [Fact]
    public void SecondStart_SameDirectory_AddsNoEntryToAnyLedgerButItsAuditorsAccesses() =>
        Assert.Equal(WithoutAccesses(starts.SizesAfterFirst), WithoutAccesses(starts.SizesAfterSecond));

    [Fact]
    public void SecondStart_SameDirectory_ReportsNoTrouble() => Assert.DoesNotContain(starts.Second, IsTrouble);

    [Fact]
    public async Task Stop_AfterTwoStarts_EveryLedgerVerifiesOffline() =>
        Assert.Equal(starts.SizesAfterSecond.Count, await starts.VerifyAsync());

    private static IEnumerable<KeyValuePair<string, long>> WithoutAccesses(SortedDictionary<string, long> sizes) =>
        sizes.Where(s => !s.Key.StartsWith("access/", StringComparison.Ordinal));

    [GeneratedRegex("^  (request|decision|deposit|delivery|acceptance|receipt) ")]
    private static partial Regex StepLine();

    // A rule that matched, with where it comes from, what it says and the citation.
    private static Regex Rule(string source) => new($@"^ +rule [a-z0-9.-]+ \({source}\)( says [A-Z_]+)?: \S");

    private static bool IsTrouble(string line) =>
        line.Contains(" warn: ", StringComparison.Ordinal) || line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal)
        || line.Contains("DOES NOT VERIFY", StringComparison.Ordinal) || line.Contains("PROOF FAILED", StringComparison.Ordinal);

    private string[] Section(string from, string to) =>
        [.. starts.First.SkipWhile(l => l != from).TakeWhile(l => l != to)];

    /// <summary>A start on an empty directory, a stop, a start on what is there, a stop.</summary>
    public sealed class TwoStarts : IAsyncLifetime
    {
        private readonly GatewayProcess _gateway = new();

        public IReadOnlyList<string> First { get; private set; } = [];

        public IReadOnlyList<string> Second { get; private set; } = [];

        public int[] ExitCodes { get; private set; } = [];

        public SortedDictionary<string, long> SizesAfterFirst { get; private set; } = [];

        public SortedDictionary<string, long> SizesAfterSecond { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            await _gateway.StartAsync();
            First = _gateway.Output;
            var first = await _gateway.StopAsync();
            SizesAfterFirst = await SizesAsync();
            await _gateway.StartAsync();
            Second = _gateway.Output;
            ExitCodes = [first, await _gateway.StopAsync()];
            SizesAfterSecond = await SizesAsync();
        }

        public async Task<int> VerifyAsync()
        {
            var count = 0;
            await Ledgers.ReadOfflineAsync(_gateway.DataDirectory, async store => count = await Ledgers.VerifyAllAsync(store));
            return count;
        }

        public ValueTask DisposeAsync() => _gateway.DisposeAsync();

        private async Task<SortedDictionary<string, long>> SizesAsync()
        {
            var sizes = new SortedDictionary<string, long>(StringComparer.Ordinal);
            await Ledgers.ReadOfflineAsync(_gateway.DataDirectory, store => CollectAsync(store, sizes));
            return sizes;
        }

        private static async Task CollectAsync(ILedgerStore store, SortedDictionary<string, long> sizes)
        {
            await foreach (var head in store.ListAsync())
            {
                sizes[head.Ledger.Value] = head.Size;
            }
        }
    }
}
