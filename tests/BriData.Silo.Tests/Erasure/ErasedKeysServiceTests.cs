using BriData.Grains.Agreements;
using BriData.Ledger.Erasure;
using BriData.Ledger.Storage;
using BriData.Silo.Erasure;
using BriData.Testing.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BriData.Silo.Tests.Erasure;

/// <summary>A key whose erasure is on record does not come back with an older copy of the keys.</summary>
public sealed class ErasedKeysServiceTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly InMemoryLedgerStore _ledgers = new();
    private readonly InMemoryValueKeyStore _keys = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Start_KeysAreThereWhoseErasureIsOnRecord_DestroysThemAndNoOthers()
    {
        var taken = await TakeAsync(3000);
        await _ledgers.AppendAsync([.. taken.Take(2500).Chunk(100).Select(AgreementSamples.Erased)]);
        using var service = Service(_keys);

        await service.StartAsync(CancellationToken.None);

        await UntilErasedAsync(taken[2499], TimeSpan.FromSeconds(1));
        await Assert.AllAsync(taken.Take(2500), async key => Assert.NotNull((await _keys.FindAsync(key)).ErasedAt));
        await Assert.AllAsync(taken.Skip(2500), async key => Assert.NotNull((await _keys.FindAsync(key)).Key));
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Later_AndAfterAFailure_DestroysThemToo()
    {
        var taken = await TakeAsync(2);
        await _ledgers.AppendAsync(AgreementSamples.Erased(taken[0]));
        var keys = new FaultingValueKeyStore(_keys) { FailErasing = true };
        using var service = Service(keys);
        await service.StartAsync(CancellationToken.None);
        await UntilAsync(() => Task.FromResult(keys.Refused > 1), TimeSpan.FromMinutes(1));
        keys.FailErasing = false;
        await UntilErasedAsync(taken[0], TimeSpan.FromMinutes(1));

        await _ledgers.AppendAsync(AgreementSamples.Erased(taken[1]));

        await UntilErasedAsync(taken[1], TimeSpan.FromHours(1));
        await service.StopAsync(CancellationToken.None);
    }

    private ErasedKeysService Service(IValueKeyStore keys) =>
        new(new AgreementRecords(_ledgers), keys, HostLifetime.Started(), _time, NullLogger<ErasedKeysService>.Instance);

    private Task UntilErasedAsync(string key, TimeSpan step) => UntilAsync(async () => (await _keys.FindAsync(key)).ErasedAt is not null, step);

    private async Task UntilAsync(Func<Task<bool>> condition, TimeSpan step)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!await condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            _time.Advance(step);
            await Task.Yield();
        }
    }

    private async Task<string[]> TakeAsync(int count)
    {
        var taken = new string[count];
        for (var i = 0; i < count; i++)
        {
            taken[i] = (await _keys.TakeAsync()).Id;
        }

        return taken;
    }
}
