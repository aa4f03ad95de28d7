using BriData.Ledger.Storage;
using BriData.Testing.Ledger;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Ledger.Tests.Storage;

/// <summary>The decorator passes the whole suite when nothing is armed, and does what it is armed for.</summary>
public sealed class FaultingLedgerStoreTests : LedgerStoreSuite
{
    private readonly FaultingLedgerStore _store = new(new InMemoryLedgerStore());

    [Fact]
    public async Task FailNext_RefusesOneAppendAndWritesNothing()
    {
        var tree = LedgerTree.Empty(SampleLedger);
        _store.FailNext(LedgerStoreFailure.Full);

        var refusal = await Assert.ThrowsAsync<LedgerStoreException>(() => _store.AppendAsync(tree.Prepare(Drafts(0, 1))));

        Assert.Equal(LedgerStoreFailure.Full, refusal.Reason);
        Assert.Equal(0, (await _store.GetHeadAsync(SampleLedger)).Size);
        await _store.AppendAsync(tree, Drafts(0, 1));
    }

    [Fact]
    public async Task FailNextAfterWrite_WritesAndReportsUnknown()
    {
        _store.FailNextAfterWrite();

        var refusal = await Assert.ThrowsAsync<LedgerStoreException>(() => _store.FillAsync(SampleLedger, 2));

        Assert.Equal(LedgerStoreFailure.OutcomeUnknown, refusal.Reason);
        Assert.Equal(2, (await _store.GetHeadAsync(SampleLedger)).Size);
    }

    [Fact]
    public async Task HoldNext_WritesOnlyAfterRelease()
    {
        var gate = _store.HoldNext();
        var append = _store.FillAsync(SampleLedger, 2);
        await gate.Reached;

        Assert.Equal(0, (await _store.GetHeadAsync(SampleLedger)).Size);
        gate.Release();
        await append;
        Assert.Equal(2, (await _store.GetHeadAsync(SampleLedger)).Size);
    }

    protected override Task<ILedgerStore> CreateAsync() => Task.FromResult<ILedgerStore>(_store);
}
