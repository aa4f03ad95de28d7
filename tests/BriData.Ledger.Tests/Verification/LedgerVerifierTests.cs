using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Testing.Ledger;
using CsCheck;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Ledger.Tests.Verification;

public sealed class LedgerVerifierTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(700)]
    public async Task GoodLedger_IsOk(int size)
    {
        var store = new InMemoryLedgerStore();
        var tree = size == 0 ? LedgerTree.Empty(SampleLedger) : await store.FillAsync(SampleLedger, size);

        var report = await LedgerVerifier.VerifyAsync(store, SampleLedger, tree.Head);

        Assert.Equal(new LedgerVerificationReport(SampleLedger, size, tree.Head.Root, null, null), report);
        Assert.True(report.Ok);
    }

    [Fact]
    public async Task EverySingleByteFlip_IsFoundAndPlaced()
    {
        var inner = new InMemoryLedgerStore();
        await inner.FillAsync(SampleLedger, 300, 300);
        await Gen.Select(Gen.Int[0, 4], Gen.Int[0, 599], Gen.Int[0, 8191], Gen.Int[0, 7]).SampleAsync(
            async (what, at, position, bit) =>
            {
                var (store, first) = what switch
                {
                    0 => (new TamperedLedgerStore(inner) { Entry = at, Byte = position, Bit = bit }, (long?)at),
                    1 => (new TamperedLedgerStore(inner) { LeafHash = at, Byte = position, Bit = bit }, at),
                    2 => Tile(0, at / 256, TileMath.WidthOf(0, at / 256, 600)),
                    3 => Tile(1, 0, 2),
                    _ => (new TamperedLedgerStore(inner) { Root = true, Byte = position, Bit = bit }, null),
                };

                var report = await LedgerVerifier.VerifyAsync(store, SampleLedger);

                Assert.False(report.Ok);
                Assert.Equal(first, report.FirstBadIndex);

                (TamperedLedgerStore, long?) Tile(int level, long index, int width) =>
                    (new TamperedLedgerStore(inner) { Tile = (level, index), Byte = position, Bit = bit },
                     ((index * 256) + (position % (width * 32) / 32)) << (8 * level));
            },
            iter: 400);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(599)]
    public async Task MissingEntry_IsFoundAndPlaced(long at)
    {
        var inner = new InMemoryLedgerStore();
        await inner.FillAsync(SampleLedger, 600);

        var report = await LedgerVerifier.VerifyAsync(new TamperedLedgerStore(inner) { Entry = at, Drop = true }, SampleLedger);

        Assert.Equal(at, report.FirstBadIndex);
        Assert.Equal(at, report.Entries);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task WrongSizeInHead_IsFound(long shift)
    {
        var inner = new InMemoryLedgerStore();
        await inner.FillAsync(SampleLedger, 300);

        Assert.False((await LedgerVerifier.VerifyAsync(new TamperedLedgerStore(inner) { SizeShift = shift }, SampleLedger)).Ok);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task MissingTile_IsFound(int level, long index)
    {
        var inner = new InMemoryLedgerStore();
        await inner.FillAsync(SampleLedger, 300);

        var report = await LedgerVerifier.VerifyAsync(new TamperedLedgerStore(inner) { Tile = (level, index), Drop = true }, SampleLedger);

        Assert.Equal(index * 256, report.FirstBadIndex);
    }

    [Fact]
    public async Task LedgerRewrittenAsAWhole_IsFoundAgainstAnEarlierHeadOrCheckpoint()
    {
        var honest = new InMemoryLedgerStore();
        var kept = (await honest.FillAsync(SampleLedger, 100)).Head;
        var forged = new InMemoryLedgerStore();
        var tree = LedgerTree.Empty(SampleLedger);
        await forged.AppendAsync(tree, [.. Drafts(0, 50), new LedgerEntryDraft(Body(1_000_000)), .. Drafts(51, 149)]);

        Assert.True((await LedgerVerifier.VerifyAsync(forged, SampleLedger)).Ok);
        Assert.False((await LedgerVerifier.VerifyAsync(forged, SampleLedger, kept)).Ok);
        Assert.False((await LedgerVerifier.VerifyAsync(forged, SampleLedger, new Checkpoint("x", kept.Size, kept.Root))).Ok);
        Assert.True((await LedgerVerifier.VerifyAsync(honest, SampleLedger, new Checkpoint("x", kept.Size, kept.Root))).Ok);
    }

    [Fact]
    public async Task LedgerCutBack_IsFoundAgainstAnEarlierHead()
    {
        var store = new InMemoryLedgerStore();
        var kept = (await new InMemoryLedgerStore().FillAsync(SampleLedger, 10)).Head;
        await store.FillAsync(SampleLedger, 9);

        var report = await LedgerVerifier.VerifyAsync(store, SampleLedger, kept);

        Assert.Equal(9, report.FirstBadIndex);
    }

    [Fact]
    public async Task EntryThatIsNotCanonical_IsFound()
    {
        var store = new InMemoryLedgerStore();
        await store.AppendAsync(LedgerTree.Empty(SampleLedger), new LedgerEntryDraft(Body(0)), new LedgerEntryDraft("{ }"u8.ToArray()));

        Assert.Equal(1, (await LedgerVerifier.VerifyAsync(store, SampleLedger)).FirstBadIndex);
    }

    [Fact]
    public async Task ExpectedHeadOfAnotherLedger_IsArgumentException() => await Assert.ThrowsAsync<ArgumentException>(() =>
        LedgerVerifier.VerifyAsync(new InMemoryLedgerStore(), SampleLedger, LedgerTree.Empty(Numbered(1)).Head));
}
