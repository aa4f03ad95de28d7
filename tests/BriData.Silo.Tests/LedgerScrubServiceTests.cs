using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Silo.Hosting;
using BriData.Silo.Upkeep;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Ledgers;
using BriData.Testing.Ledger;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BriData.Silo.Tests;

public sealed class LedgerScrubServiceTests : IAsyncDisposable
{
    private const int Entries = 600;

    private readonly string _path = Directory.CreateTempSubdirectory("bridata-scrub-").FullName;
    private readonly StorageDirectory _directory;
    private readonly SqliteLedgerStore _store;
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public LedgerScrubServiceTests()
    {
        _directory = new StorageDirectory(_path);
        _store = new SqliteLedgerStore(_directory, Options.Create(new SqliteStorageOptions()));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
        await _services.DisposeAsync();
        Directory.Delete(_path, recursive: true);
    }

    [Fact]
    public async Task Scrub_AnOldTileDamaged_ClosesThatLedgerAndSaysSo()
    {
        var one = await _store.FillAsync(LedgerSamples.Numbered(1), Entries);
        var two = await _store.FillAsync(LedgerSamples.Numbered(2), Entries);
        Execute("UPDATE tiles SET hashes = zeroblob(64) WHERE ledger = 1");
        using var readings = new Readings(_services);

        using var service = await StartAsync(readings);

        await UntilAsync(() => readings.Passes == 1);
        Assert.Equal(1, readings.Findings);
        Assert.True(readings.Rows > 3 * Entries);
        var refused = await Assert.ThrowsAsync<LedgerStoreException>(() => _store.AppendAsync(one.Prepare(LedgerSamples.Drafts(Entries, 1))));
        Assert.Equal(LedgerStoreFailure.Corrupt, refused.Reason);
        await _store.AppendAsync(two, LedgerSamples.Drafts(Entries, 1));
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Scrub_DamageAfterTheFirstPass_IsFoundByALaterOne()
    {
        var tree = await _store.FillAsync(LedgerSamples.Numbered(1), Entries);
        using var readings = new Readings(_services);
        using var service = await StartAsync(readings);
        await UntilAsync(() => readings.Passes == 1);
        Assert.Equal(0, readings.Findings);

        Execute("UPDATE entries SET body = CAST('{}' AS BLOB) WHERE idx = 5");

        await UntilAsync(() => readings.Findings > 0);
        await Assert.ThrowsAsync<LedgerStoreException>(() => _store.AppendAsync(tree.Prepare(LedgerSamples.Drafts(Entries, 1))));
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Scrub_ANameDamaged_LooksThroughTheOthersAndSaysSo()
    {
        await _store.FillAsync(LedgerSamples.Numbered(1), Entries);
        await _store.FillAsync(LedgerSamples.Numbered(2), Entries);
        Execute("UPDATE ledgers SET name = 'nonsense' WHERE id = 1");
        using var readings = new Readings(_services);

        using var service = await StartAsync(readings);

        await UntilAsync(() => readings.Passes == 1 || service.ExecuteTask!.IsCompleted);
        Assert.False(service.ExecuteTask!.IsCompleted);
        Assert.Equal(1, readings.Findings);
        await service.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(null)]
    public async Task Scrub_AFailureOfAnyKind_IsTriedAgainAndStopsNothing(int? ledger)
    {
        await _store.FillAsync(LedgerSamples.Numbered(1), Entries);
        await _store.FillAsync(LedgerSamples.Numbered(2), Entries);
        var failing = new FailingReads(_store, ledger is { } number ? LedgerSamples.Numbered(number) : null);
        using var readings = new Readings(_services);

        using var service = await StartAsync(readings, failing);

        await UntilAsync(() => failing.Failed >= 2 || service.ExecuteTask!.IsCompleted);
        Assert.False(service.ExecuteTask!.IsCompleted);
        Assert.Equal(0, readings.Passes);
        Assert.Equal(ledger is not null, failing.Read.Contains(LedgerSamples.Numbered(2)));

        failing.Mend();

        await UntilAsync(() => readings.Passes > 0);
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Scrub_WhileTimeStands_ReadsNoMoreThanAPiece()
    {
        await _store.FillAsync(LedgerSamples.Numbered(1), Entries);
        using var readings = new Readings(_services);
        using var service = await StartAsync(readings);

        await UntilAsync(() => readings.Rows > 0, TimeSpan.Zero);

        Assert.Equal(256, readings.Rows);
        await service.StopAsync(CancellationToken.None);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_path, "ledger.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task<LedgerScrubService> StartAsync(Readings readings, ILedgerStore? store = null)
    {
        var service = new LedgerScrubService(
            store ?? _store, _store, HostLifetime.Started(), _time, Options.Create(new BriDataSiloOptions { ScrubPeriod = TimeSpan.FromHours(1) }), readings.Instruments, NullLogger<LedgerScrubService>.Instance);
        await service.StartAsync(CancellationToken.None);
        return service;
    }

    private Task UntilAsync(Func<bool> condition) => UntilAsync(condition, TimeSpan.FromMinutes(1));

    private async Task UntilAsync(Func<bool> condition, TimeSpan step)
    {
        while (!condition())
        {
            _time.Advance(step);
            await Task.Yield();
        }
    }

    /// <summary>Cannot list its ledgers, or cannot read one of them, until it is mended.</summary>
    private sealed class FailingReads(ILedgerStore inner, LedgerId? ledger) : PassingLedgerStore(inner)
    {
        private volatile bool _mended;
        private int _failed;

        public int Failed => Volatile.Read(ref _failed);

        public ConcurrentBag<LedgerId> Read { get; } = [];

        public void Mend() => _mended = true;

        public override IAsyncEnumerable<LedgerHead> ListAsync(CancellationToken cancellationToken = default) =>
            ledger is null ? Fail(Inner.ListAsync(cancellationToken)) : Inner.ListAsync(cancellationToken);

        public override IAsyncEnumerable<StoredEntry> ReadAsync(LedgerId id, long from, long to, CancellationToken cancellationToken = default)
        {
            Read.Add(id);
            return id == ledger ? Fail(Inner.ReadAsync(id, from, to, cancellationToken)) : Inner.ReadAsync(id, from, to, cancellationToken);
        }

        private IAsyncEnumerable<T> Fail<T>(IAsyncEnumerable<T> sound)
        {
            if (_mended)
            {
                return sound;
            }

            Interlocked.Increment(ref _failed);
            throw new FormatException("The test says so.");
        }
    }

    /// <summary>What the service's instruments show.</summary>
    private sealed class Readings : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _rows;
        private long _passes;
        private int _findings;

        public Readings(IServiceProvider services)
        {
            var meters = services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
                Interlocked.Add(ref instrument.Name.EndsWith("rows", StringComparison.Ordinal) ? ref _rows : ref _passes, value));
            _listener.SetMeasurementEventCallback<int>((_, value, _, _) => Volatile.Write(ref _findings, value));
            Instruments = new ScrubInstruments(meters);
            _listener.Start();
        }

        public ScrubInstruments Instruments { get; }

        public long Rows => Interlocked.Read(ref _rows);

        public long Passes => Interlocked.Read(ref _passes);

        public int Findings
        {
            get
            {
                _listener.RecordObservableInstruments();
                return Volatile.Read(ref _findings);
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
