using System.Diagnostics.Metrics;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;
using BriData.Silo.Audit;
using BriData.Testing.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BriData.Silo.Tests;

public sealed class AuditProjectionServiceTests
{
    private readonly InMemoryLedgerStore _store = new();
    private readonly FakeUpkeep _upkeep = new();
    private readonly InMemoryAuditIndex _index = new();

    [Fact]
    public async Task EnsureCurrent_AfterAnAppend_HasItIndexed()
    {
        using var service = Service();
        for (var i = 0; i < 3; i++)
        {
            await AppendAsync(i);

            await service.EnsureCurrentAsync();

            Assert.Equal(i + 1, (await _index.GetProgressAsync())[LedgerSamples.SampleLedger]);
        }
    }

    [Fact]
    public async Task EnsureCurrent_ManyAtOnce_AllSeeWhatWasDurableBefore()
    {
        using var service = Service();
        await AppendAsync(0);

        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => service.EnsureCurrentAsync()));

        Assert.Equal(1, (await _index.GetProgressAsync())[LedgerSamples.SampleLedger]);
    }

    [Fact]
    public async Task EnsureCurrent_DamagedLedger_IsNamedAndTheOthersAreIndexed()
    {
        var faulting = new FaultingLedgerStore(_store);
        faulting.Damage("agreement/damaged");
        using var service = Service(faulting);
        await AppendAsync(0);
        await AppendAsync(0, LedgerId.Parse("agreement/damaged"));

        Assert.Equal([LedgerId.Parse("agreement/damaged")], await service.EnsureCurrentAsync());
        Assert.Equal(LedgerSamples.SampleLedger, Assert.Single(await _index.GetProgressAsync()).Key);

        faulting.Damage(null);
        Assert.Empty(await service.EnsureCurrentAsync());
        Assert.Equal(2, (await _index.GetProgressAsync()).Count);
    }

    [Fact]
    public async Task EnsureCurrent_KnownDamage_IsToldWhileItIsKnown()
    {
        using var service = Service();
        await AppendAsync(0);
        _upkeep.Damage = [new LedgerDamage(LedgerSamples.SampleLedger, "It had 2 entries and has 1 now."), new LedgerDamage(default, "A ledger has no name.")];

        Assert.Equal([LedgerSamples.SampleLedger, default], (await service.EnsureCurrentAsync()).OrderByDescending(static l => l.Value, StringComparer.Ordinal));

        _upkeep.Damage = [];
        Assert.Empty(await service.EnsureCurrentAsync());
    }

    private Task AppendAsync(long number) => AppendAsync(number, LedgerSamples.SampleLedger);

    private async Task AppendAsync(long number, LedgerId ledger)
    {
        var tree = await LedgerTree.LoadAsync(_store, ledger);
        var body = System.Text.Encoding.UTF8.GetBytes($$"""{"at":"2026-06-15T08:30:00.125Z","data":{"n":{{number}}},"kind":"sample","parties":["CN"],"v":1}""");
        await _store.AppendAsync(tree.Prepare([new LedgerEntryDraft(body)]));
    }

    private AuditProjectionService Service(ILedgerStore? store = null) => new(
        store ?? _store,
        _upkeep,
        _index,
        new NoActivity(),
        new FakeTimeProvider(),
        new AuditInstruments(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(), new FakeTimeProvider()),
        NullLogger<AuditProjectionService>.Instance);
}
