using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;
using BriData.Silo.Audit;
using BriData.Testing.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Silo.Tests;

public sealed class AuditRebuildServiceTests : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly InMemoryLedgerStore _store = new();
    private readonly FakeUpkeep _upkeep = new();
    private readonly InMemoryAuditIndex _index = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 6, 15, 9, 0, 0, TimeSpan.Zero));
    private readonly AuditInstruments _instruments;
    private readonly AuditProjectionService _projection;

    public AuditRebuildServiceTests()
    {
        _instruments = new AuditInstruments(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(), _time);
        _projection = new AuditProjectionService(_store, _upkeep, _index, new NoActivity(), _time, _instruments, NullLogger<AuditProjectionService>.Instance);
    }

    public ValueTask DisposeAsync()
    {
        _projection.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Request_IndexOfOtherLedgers_IsReplacedByOneOfThese()
    {
        await AppendAsync(Numbered(1), 0, 3);
        await _index.ApplyAsync([AuditSamples.Record(Numbered(9), 0, 0)]);
        Assert.Equal([Numbered(9)], await _projection.EnsureCurrentAsync());

        var state = await RebuildAsync();

        Assert.Equal((AuditRebuildState.Done, 3L, null), (state.State, state.Entries, state.Problem));
        Assert.Equal(3, Assert.Single(await _index.GetProgressAsync()).Value);
        await AppendAsync(Numbered(1), 3, 1);
        Assert.Empty(await _projection.EnsureCurrentAsync());
        Assert.Equal(4, (await _index.GetProgressAsync())[Numbered(1)]);
    }

    /// <summary>What is missing, and whose it is, is known to the index alone that was there before.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Request_EntriesLostToDamage_LeavesTheIndexThatKnowsOfThem(bool named)
    {
        await AppendAsync(Numbered(1), 0, 3);
        await _projection.EnsureCurrentAsync();
        await _index.ApplyAsync([AuditSamples.Record(Numbered(9), 0, 0)]);
        _upkeep.Damage = [new LedgerDamage(named ? Numbered(9) : default, "It had 1 entries and has 0 now.")];

        var state = await RebuildAsync();

        Assert.Equal(AuditRebuildState.Failed, state.State);
        Assert.Contains($"{Numbered(9)} had 1 entries and 0 of them can be indexed", state.Problem, StringComparison.Ordinal);
        Assert.Equal([Numbered(9)], await _projection.EnsureCurrentAsync());

        _upkeep.Damage = [];
        Assert.Equal(AuditRebuildState.Done, (await RebuildAsync()).State);
    }

    [Fact]
    public async Task Request_DamageThatTookNothingIndexed_IsNoReasonNotToRebuild()
    {
        await AppendAsync(Numbered(1), 0, 3);
        await _projection.EnsureCurrentAsync();
        _upkeep.Damage = [new LedgerDamage(Numbered(1), "A tile is damaged.")];

        Assert.Equal((AuditRebuildState.Done, 3L), ((await RebuildAsync()).State, (await _index.GetProgressAsync())[Numbered(1)]));
    }

    [Fact]
    public async Task Request_MalformedEntry_HoldsOnlyItsLedger()
    {
        await AppendAsync(Numbered(1), 0, 2);
        await AppendAsync(Numbered(1), [Body(0)]);
        await AppendAsync(Numbered(2), 0, 5);

        var state = await RebuildAsync();

        Assert.Equal((AuditRebuildState.Done, 7L), (state.State, state.Entries));
        var progress = await _index.GetProgressAsync();
        Assert.Equal((2, 5), (progress[Numbered(1)], progress[Numbered(2)]));
    }

    [Fact]
    public async Task Request_DamagedLedger_HoldsOnlyItsLedger()
    {
        await AppendAsync(Numbered(1), 0, 2);
        await AppendAsync(Numbered(2), 0, 5);
        var damaged = new FaultingLedgerStore(_store);
        damaged.Damage(Numbered(1).Value);

        var state = await RebuildAsync(damaged);

        Assert.Equal((AuditRebuildState.Done, 5L), (state.State, state.Entries));
        Assert.Equal(Numbered(2), Assert.Single(await _index.GetProgressAsync()).Key);
        Assert.Equal(7, (await new AuditLagMeter(damaged, new InMemoryAuditIndex(), _time).MeasureAsync()).Entries);
    }

    [Fact]
    public async Task Request_IndexThatCannotBeBuilt_SaysSoAndAllowsAnother()
    {
        await AppendAsync(Numbered(1), 0, 1);
        await using (await _index.BeginRebuildAsync())
        {
            var failed = await RebuildAsync();
            Assert.Equal((AuditRebuildState.Failed, "The index is being rebuilt already."), (failed.State, failed.Problem));
        }

        Assert.Equal(AuditRebuildState.Done, (await RebuildAsync()).State);
    }

    [Fact]
    public async Task Lag_LedgersAheadOfTheIndex_IsCountedFromTheOldestEntry()
    {
        var meter = new AuditLagMeter(_store, _index, _time);
        Assert.Equal(AuditLag.None, await meter.MeasureAsync());
        await AppendAsync(Numbered(1), 0, 3);
        await AppendAsync(Numbered(2), 0, 2);
        await AppendAsync(LedgerId.Parse("access/CN"), 0, 4);

        var behind = await meter.MeasureAsync();
        await _projection.EnsureCurrentAsync();

        Assert.Equal((5L, new DateTimeOffset(2026, 6, 15, 8, 30, 0, TimeSpan.Zero)), (behind.Entries, behind.Oldest));
        Assert.Equal(1800, behind.SecondsAt(_time.GetUtcNow()));
        Assert.Equal(AuditLag.None, await meter.MeasureAsync());
    }

    [Fact]
    public async Task Lag_MalformedEntry_CountsFromWhenItWasMet()
    {
        var meter = new AuditLagMeter(_store, _index, _time);
        await AppendAsync(Numbered(1), [Body(0)]);
        var met = _time.GetUtcNow();

        await meter.MeasureAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
        var later = await meter.MeasureAsync();

        Assert.Equal((1L, met), (later.Entries, later.Oldest));
    }

    private static byte[] Envelope(long n) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $$"""{"at":"2026-06-15T08:{{30 + (n % 30)}}:00Z","data":{"n":{{n}}},"kind":"sample","parties":["CN"],"v":1}"""));

    private Task AppendAsync(LedgerId ledger, long from, int count) =>
        AppendAsync(ledger, [.. Enumerable.Range(0, count).Select(i => Envelope(from + i))]);

    private async Task AppendAsync(LedgerId ledger, IEnumerable<byte[]> bodies)
    {
        var tree = await LedgerTree.LoadAsync(_store, ledger);
        await _store.AppendAsync(tree.Prepare([.. bodies.Select(static b => new LedgerEntryDraft(b))]));
    }

    private async Task<AuditRebuildState> RebuildAsync(ILedgerStore? store = null)
    {
        using var service = new AuditRebuildService(store ?? _store, _upkeep, _index, _projection, _time, NullLogger<AuditRebuildService>.Instance);
        await service.StartAsync(CancellationToken.None);
        service.Request();
        var started = TimeProvider.System.GetTimestamp();
        while (service.State is { State: AuditRebuildState.Running })
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Deadline, "The rebuild does not end.");
            await Task.Yield();
        }

        await service.StopAsync(CancellationToken.None);
        return service.State!;
    }
}
