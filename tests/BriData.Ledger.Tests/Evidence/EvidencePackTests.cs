using System.Text.Json.Nodes;
using BriData.Ledger.Evidence;
using CsCheck;
using static BriData.Ledger.Tests.Evidence.EvidenceSamples;

namespace BriData.Ledger.Tests.Evidence;

/// <summary>A pack stands or falls alone: any change of it is found, and named by its line.</summary>
public sealed class EvidencePackTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(300, false)]
    [InlineData(40, true)]
    public async Task Pack_AsMade_Holds(int count, bool limited)
    {
        var report = await VerifyAsync(await MakeAsync(count, limited));

        Assert.Equal(new EvidenceReport("KZ", 2 * count, null, null), report);
        Assert.True(report.Ok);
    }

    [Fact]
    public async Task Pack_Begins_AsItsReadersExpect() =>
        Assert.StartsWith(EvidencePack.Beginning, Lines(await MakeAsync(1))[0], StringComparison.Ordinal);

    [Fact]
    public async Task AnyLineDropped_IsFound()
    {
        var lines = Lines(await MakeAsync());
        for (var dropped = 0; dropped < lines.Length; dropped++)
        {
            var report = await VerifyAsync(lines.Where((_, i) => i != dropped));

            Assert.False(report.Ok, $"Line {dropped + 1} was dropped.");
            Assert.Equal(dropped == 0 ? 1 : lines.Length - 1 + (dropped == lines.Length - 1 ? 1 : 0), report.FirstBadLine);
        }
    }

    [Fact]
    public async Task AnyEntryTwice_IsFoundThere()
    {
        var lines = Lines(await MakeAsync());
        for (var twice = 1; twice < lines.Length - 1; twice++)
        {
            Assert.Equal(twice + 2, (await VerifyAsync(lines[..(twice + 1)].Concat(lines[twice..]))).FirstBadLine);
        }
    }

    [Fact]
    public async Task EntriesReordered_IsFoundAtTheSecondOfThem()
    {
        var lines = Lines(await MakeAsync());
        for (var first = 1; first < lines.Length - 2; first++)
        {
            var swapped = lines.ToArray();
            (swapped[first], swapped[first + 1]) = (lines[first + 1], lines[first]);

            Assert.Equal(first + 2, (await VerifyAsync(swapped)).FirstBadLine);
        }
    }

    [Fact]
    public async Task AnyByteChanged_IsFound()
    {
        var packs = new[] { await MakeAsync(6), await MakeAsync(6, limited: true) };
        await Gen.Select(Gen.Int[0, 1], Gen.Int[0, int.MaxValue], Gen.Int[0, 7]).SampleAsync(
            async (which, at, bit) =>
            {
                var changed = packs[which].ToArray();
                changed[at % changed.Length] ^= (byte)(1 << bit);

                Assert.False((await VerifyAsync(changed)).Ok, $"Bit {bit} of byte {at % changed.Length}.");
            },
            iter: 2000);
    }

    [Fact]
    public async Task CutOffAnywhere_IsFound()
    {
        var pack = await MakeAsync(6);
        await Gen.Int[0, pack.Length - 1].SampleAsync(async length => Assert.False((await VerifyAsync(pack[..length])).Ok, $"{length} bytes."), iter: 500);
    }

    [Theory]
    [InlineData("entry", "\"{}\"")]
    [InlineData("index", "3")]
    [InlineData("ledger", "\"country/CN\"")]
    [InlineData("proof", "[]")]
    [InlineData("proof", "[null]")]
    [InlineData("extra", "1")]
    public async Task EntryWithAnotherMember_IsFoundThere(string member, string value)
    {
        var lines = Lines(await MakeAsync());
        var entry = JsonNode.Parse(lines[5])!.AsObject();
        entry[member] = JsonNode.Parse(value);
        lines[5] = entry.ToJsonString();

        Assert.Equal(6, (await VerifyAsync(lines)).FirstBadLine);
    }

    [Fact]
    public async Task LimitedView_InAWholePack_IsFoundThere()
    {
        var (whole, limited) = (Lines(await MakeAsync()), Lines(await MakeAsync(limited: true)));
        var at = Array.FindIndex(limited, l => l.Contains("leafHash", StringComparison.Ordinal));
        whole[at] = limited[at];

        Assert.Equal(at + 1, (await VerifyAsync(whole)).FirstBadLine);
    }

    [Fact]
    public async Task CheckpointOfAnotherPack_IsFoundAtTheFirstEntryItDoesNotHold()
    {
        var (lines, other) = (Lines(await MakeAsync(40)), Lines(await MakeAsync(20)));
        lines[0] = other[0];

        Assert.Equal(2, (await VerifyAsync(lines)).FirstBadLine);
    }

    [Fact]
    public async Task CheckpointOfAnotherLedger_IsFound()
    {
        var lines = Lines(await MakeAsync());
        var manifest = JsonNode.Parse(lines[0])!;
        (manifest["ledgers"]![0]!["id"], manifest["ledgers"]![1]!["id"]) = ("country/KZ", "agreement/cn-kz-customs");
        lines[0] = manifest.ToJsonString();

        Assert.Equal(1, (await VerifyAsync(lines)).FirstBadLine);
    }

    [Theory]
    [InlineData("agreement/cn-kz-customs")]
    [InlineData("country/KZ")]
    [InlineData("access/KZ")]
    public async Task KeyNotTrusted_IsFoundAtTheManifest(string ledger)
    {
        var report = await VerifyAsync(await MakeAsync(), [.. Trusted().Where(k => !k.Name.EndsWith(ledger, StringComparison.Ordinal))]);

        Assert.Equal(1, report.FirstBadLine);
        Assert.Contains(ledger, report.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SealByAnotherLedgersKey_IsFoundAtTheManifest() =>
        Assert.Equal(1, (await VerifyAsync(await MakeAsync(seal: "country/KZ"))).FirstBadLine);

    [Fact]
    public async Task SealOfAnotherPack_IsFoundAtTheEnd()
    {
        var (lines, other) = (Lines(await MakeAsync(40)), Lines(await MakeAsync(41)));
        var end = JsonNode.Parse(lines[^1])!;
        end["note"] = JsonNode.Parse(other[^1])!["note"]!.GetValue<string>();
        lines[^1] = end.ToJsonString();

        Assert.Equal(lines.Length, (await VerifyAsync(lines)).FirstBadLine);
    }

    [Fact]
    public async Task SomethingBehindTheEnd_IsFoundThere()
    {
        var lines = Lines(await MakeAsync());

        Assert.Equal(lines.Length + 1, (await VerifyAsync(lines.Append(lines[1]))).FirstBadLine);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}\n")]
    [InlineData("null\n")]
    [InlineData("not json\n")]
    [InlineData("{\"type\":\"manifest\",\"format\":\"bridata-evidence/2\"}\n")]
    public async Task SomethingElse_IsNoPackFromItsFirstLine(string text) =>
        Assert.Equal(1, (await VerifyAsync(System.Text.Encoding.UTF8.GetBytes(text))).FirstBadLine);
}
