using BriData.Grains.Agreements;
using BriData.Ledger.Erasure;
using BriData.Ledger.Payloads;
using BriData.Ledger.Storage;
using BriData.Silo.Payloads;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Payloads;
using BriData.Testing.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BriData.Silo.Tests.Payloads;

/// <summary>What no ledger names goes with its key (I8), and nothing else does.</summary>
public sealed class PayloadSweepServiceTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly string _root = Directory.CreateTempSubdirectory("bridata-sweep-").FullName;
    private readonly StorageDirectory _directory;
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly InMemoryLedgerStore _ledgers = new();
    private readonly InMemoryValueKeyStore _keys = new();
    private readonly FakeUpkeep _upkeep = new();
    private readonly FilePayloadStore _files;
    private readonly SealedPayloads _payloads;

    public PayloadSweepServiceTests()
    {
        _directory = new StorageDirectory(_root);
        _files = new FilePayloadStore(_directory, _time);
        _payloads = new SealedPayloads(_files, _keys, _time);
    }

    private string Objects => Path.Combine(_root, "payloads", "CN", "objects");

    private string Staging => Path.Combine(_root, "payloads", "CN", "staging");

    public void Dispose()
    {
        _directory.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Sweep_PublishedAndNeverRecorded_GoesWithItsKeyAndARecordedOneStays()
    {
        var (orphan, recorded) = (await PublishAsync(), await PublishAsync());
        var broken = await StageAsync();
        await _ledgers.AppendAsync(AgreementSamples.Deposited(recorded.Reference, recorded.KeyId));
        using var service = Service();

        Assert.Equal(0, await service.SweepAsync(TestContext.Current.CancellationToken));
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await service.SweepAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, await service.SweepAsync(TestContext.Current.CancellationToken));

        Assert.Equal(recorded.Reference, Path.GetFileName(Assert.Single(Directory.GetFiles(Objects))));
        Assert.Empty(Directory.GetFiles(Staging));
        Assert.NotNull((await _keys.FindAsync(orphan.KeyId)).ErasedAt);
        Assert.NotNull((await _keys.FindAsync(broken.KeyId)).ErasedAt);
        Assert.NotNull((await _keys.FindAsync(recorded.KeyId)).Key);
        Assert.NotNull((await _payloads.OpenAsync("CN", recorded.Reference, recorded.KeyId, recorded.Size)).Content);
    }

    [Fact]
    public async Task Sweep_ACopyOfARecordedPayload_GoesWithoutTheKey()
    {
        var recorded = await PublishAsync();
        await _ledgers.AppendAsync(AgreementSamples.Deposited(recorded.Reference, recorded.KeyId));
        File.Copy(Path.Combine(Objects, recorded.Reference), Path.Combine(Objects, new string('c', 32)));
        File.Copy(Path.Combine(Objects, recorded.Reference), Path.Combine(Staging, recorded.Reference));
        _time.Advance(TimeSpan.FromDays(2));
        using var service = Service();

        Assert.Equal(0, await service.SweepAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, await service.SweepAsync(TestContext.Current.CancellationToken));

        Assert.Equal(recorded.Reference, Path.GetFileName(Assert.Single(Directory.GetFiles(Objects))));
        Assert.Empty(Directory.GetFiles(Staging));
        Assert.NotNull((await _keys.FindAsync(recorded.KeyId)).Key);
    }

    [Fact]
    public async Task Sweep_ALedgerCannotBeRead_RemovesNothing()
    {
        var orphan = await PublishAsync();
        await _ledgers.AppendAsync(new LedgerEntryDraft("""{"kind":"payload.deposited"}"""u8.ToArray()));
        _time.Advance(TimeSpan.FromDays(2));
        using var service = Service();

        await Assert.ThrowsAnyAsync<Exception>(() => service.SweepAsync(TestContext.Current.CancellationToken));

        Assert.Single(Directory.GetFiles(Objects));
        Assert.NotNull((await _keys.FindAsync(orphan.KeyId)).Key);
    }

    /// <summary>As when the clock leaps by days between the writing of a payload and its record.</summary>
    [Fact]
    public async Task Sweep_RecordedAfterALook_StaysWhateverItsAge()
    {
        var payload = await PublishAsync();
        _time.Advance(TimeSpan.FromDays(2));
        using var service = Service();
        Assert.Equal(0, await service.SweepAsync(TestContext.Current.CancellationToken));

        await _ledgers.AppendAsync(AgreementSamples.Deposited(payload.Reference, payload.KeyId));

        Assert.Equal(0, await service.SweepAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await service.SweepAsync(TestContext.Current.CancellationToken));
        Assert.NotNull((await _payloads.OpenAsync("CN", payload.Reference, payload.KeyId, payload.Size)).Content);
    }

    /// <summary>A ledger whose name is damaged is not listed, one that was cut is read without an error: neither names its payloads.</summary>
    [Fact]
    public async Task Sweep_WhileALedgerIsKnownToBeDamaged_RemovesNothing()
    {
        var orphan = await PublishAsync();
        _time.Advance(TimeSpan.FromDays(2));
        using var service = Service();
        Assert.Equal(0, await service.SweepAsync(TestContext.Current.CancellationToken));
        _upkeep.Damage = [new LedgerDamage(default, "A ledger has no name.")];

        await Assert.ThrowsAsync<LedgerStoreException>(() => service.SweepAsync(TestContext.Current.CancellationToken));

        Assert.Single(Directory.GetFiles(Objects));
        Assert.NotNull((await _keys.FindAsync(orphan.KeyId)).Key);
        _upkeep.Damage = [];
        Assert.Equal(1, await service.SweepAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Service_DayAfterDay_SweepsByItself()
    {
        var orphan = await PublishAsync();
        await _ledgers.AppendAsync(AgreementSamples.Deposited(new string('d', 32), "none"));
        using var service = Service();
        await service.StartAsync(CancellationToken.None);

        using var deadline = new CancellationTokenSource(Deadline);
        while (File.Exists(Path.Combine(Objects, orphan.Reference)))
        {
            deadline.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }

        Assert.NotNull((await _keys.FindAsync(orphan.KeyId)).ErasedAt);
        await service.StopAsync(CancellationToken.None);
    }

    private PayloadSweepService Service() => new(_files, _payloads, new AgreementRecords(_ledgers), _upkeep, _time, NullLogger<PayloadSweepService>.Instance);

    private async Task<SealedPayload> StageAsync()
    {
        using var content = new MemoryStream(new byte[10]);
        return await _payloads.StageAsync("CN", content, long.MaxValue);
    }

    private async Task<SealedPayload> PublishAsync()
    {
        var payload = await StageAsync();
        await _payloads.PublishAsync(payload);
        return payload;
    }
}
