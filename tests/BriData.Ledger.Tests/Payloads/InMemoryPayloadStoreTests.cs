using BriData.Ledger.Payloads;
using BriData.Testing.Ledger;

namespace BriData.Ledger.Tests.Payloads;

public sealed class InMemoryPayloadStoreTests : PayloadStoreSuite
{
    [Fact]
    public async Task Stage_Refused_KeepsNothing()
    {
        var store = new InMemoryPayloadStore();
        using var large = new MemoryStream(new byte[11]);
        await using var broken = new BrokenStream(5);

        await Assert.ThrowsAsync<PayloadTooLargeException>(() => store.StageAsync("CN", large, 10));
        await Assert.ThrowsAsync<EndOfStreamException>(() => store.StageAsync("CN", broken, 10));

        Assert.Equal(0, store.Count);
    }

    protected override Task<IPayloadStore> CreateAsync() => Task.FromResult<IPayloadStore>(new InMemoryPayloadStore());
}
