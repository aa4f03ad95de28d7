using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using BriData.Grains;
using BriData.Grains.Ledgers;
using BriData.Grains.Security;
using BriData.Grains.Tests.Fixtures;
using BriData.Grains.Witnesses;
using BriData.Ledger;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;
using BriData.Ledger.Witnesses;
using BriData.Silo.Witnesses;
using BriData.Testing.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BriData.Silo.Tests.Witnesses;

/// <summary>Everything that collects cosignatures, over a ledger in memory and witnesses that a test can make fail.</summary>
internal sealed class Collection : IWitnessPolicies, IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly CheckpointSigners _signers = new(new PlatformKeys(new byte[32]), Options.Create(new BriDataGrainOptions { LogOrigin = "bridata.test" }));
    private readonly WitnessClient _client;
    private readonly WitnessInstruments _instruments;

    public Collection(ILedgerStore store, IWitnessStore known, WitnessPolicy policy, params FakeWitness[] network)
    {
        (Store, Known, Policy) = (store, known, policy);
        var options = Options.Create(Settings);
        var meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            Measured.Enqueue(instrument.Name + string.Concat(tags.ToArray().Select(tag => $" {tag.Value}")) + $" {value}"));
        _listener.Start();
        _instruments = new WitnessInstruments(meters);
        _client = new WitnessClient(options, new FakeNetwork(network));
        Pauses = new WitnessPauses(options, Time);
        Collector = new CosignatureCollector(store, _signers, known, new WitnessAsker(store, _client, new WitnessSlots(options), Pauses, _instruments, NullLogger<WitnessAsker>.Instance), Pauses);
    }

    public static LedgerId Ledger => LedgerSamples.SampleLedger;

    public ILedgerStore Store { get; }

    public IWitnessStore Known { get; }

    public WitnessPolicy Policy { get; set; }

    /// <summary>Policies of further ledgers.</summary>
    public Dictionary<LedgerId, WitnessPolicy> Others { get; } = [];

    /// <summary>Settings, before anything is asked.</summary>
    public WitnessOptions Settings { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    public FakeTimeProvider Time { get; } = new();

    public WitnessPauses Pauses { get; }

    public CosignatureCollector Collector { get; }

    public ConcurrentQueue<string> Measured { get; } = new();

    /// <summary>The log of the service.</summary>
    public KeptLog<WitnessService> Log { get; } = new();

    public NoteVerifier LogKey => NoteVerifier.Parse(_signers.For(Ledger).VerifierKey);

    public SignedNote? Witnessed => Known.Get(Ledger).Witnessed;

    public long WitnessedSize => Witnessed is null ? 0 : Checkpoint.Open(Witnessed.Write(), LogKey).Size;

    public static WitnessPolicy Need(int quorum, params FakeWitness[] witnesses) => new([new WitnessGroup("CN", [.. witnesses.Select(w => w.Witness)], quorum)]);

    public static WitnessPolicy NeedEach(params FakeWitness[] witnesses) => new([.. witnesses.Select(w => new WitnessGroup(w.Witness.Key.Name, [w.Witness], 1))]);

    public Task CollectAsync() => Collector.CollectAsync(Ledger, Policy, TestContext.Current.CancellationToken);

    public WitnessService Service() => new(this, Collector, HostLifetime.Started(), Options.Create(Settings), Time, _instruments, Log);

    public void Observe() => _listener.RecordObservableInstruments();

    public Task<IReadOnlyDictionary<LedgerId, WitnessPolicy>> CurrentAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyDictionary<LedgerId, WitnessPolicy>>(new Dictionary<LedgerId, WitnessPolicy>(Others) { [Ledger] = Policy });

    public void Dispose()
    {
        _client.Dispose();
        _listener.Dispose();
        _services.Dispose();
    }
}
