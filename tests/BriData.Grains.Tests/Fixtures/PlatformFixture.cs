using System.Text.Json;
using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Entries.Judging;
using BriData.Entries.Rules;
using BriData.Grains.Audit;
using BriData.Grains.Countries;
using BriData.Grains.EventSourcing;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Documents;
using BriData.Ledger.Erasure;
using BriData.Ledger.Merkle;
using BriData.Ledger.Payloads;
using BriData.Ledger.Storage;
using BriData.Ledger.Witnesses;
using BriData.Testing.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace BriData.Grains.Tests.Fixtures;

/// <summary>Two silos over one in-memory ledger store whose failures a test can order, with a clock that a test drives.</summary>
public sealed class PlatformFixture : IAsyncLifetime
{
    internal const string LogOrigin = "bridata.test/grains";

    public static readonly DateTimeOffset Start = new(2026, 6, 15, 8, 0, 0, TimeSpan.Zero);

    private InProcessTestCluster _cluster = null!;

    public PlatformFixture()
    {
        Store = new FaultingLedgerStore(Reads);
        Freshness = new TestFreshness(Store, Index, Upkeep);
    }

    internal CountingLedgerStore Reads { get; } = new(new InMemoryLedgerStore());

    internal FaultingLedgerStore Store { get; }

    internal FakeUpkeep Upkeep { get; } = new();

    internal InMemoryDocumentStore Documents { get; } = new();

    internal CountingAuditIndex Index { get; } = new(new InMemoryAuditIndex());

    internal TestFreshness Freshness { get; }

    internal InMemoryWitnessStore Witnesses { get; } = new();

    internal FaultingValueKeyStore Keys { get; } = new(new InMemoryValueKeyStore());

    internal FaultingPayloadStore Payloads { get; } = new(new InMemoryPayloadStore());

    internal FakeTimeProvider Time { get; } = new(Start);

    public IGrainFactory Grains => _cluster.Client;

    internal IReminderTable Reminders => _cluster.Silos[0].ServiceProvider.GetRequiredService<IReminderTable>();

    internal TestWorld World { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) => Configure(silo, Store));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        World = new TestWorld(Grains);
        await World.LoadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();

        // Whatever the tests did, through failing stores and restarts: an auditor finds nothing wrong with what was written.
        var wrong = new List<string>();
        await foreach (var head in Store.ListAsync())
        {
            var judge = new LedgerJudge(head.Ledger, Documents);
            await foreach (var entry in Store.ReadAsync(head.Ledger, 0, head.Size))
            {
                await judge.TakeAsync(entry.Index, entry.Body);
            }

            judge.Finish();
            // Keys that a test says were stolen: what they signed before is recorded as it was.
            wrong.AddRange(judge.Findings.Where(f => f.Code != JudgeCodes.SignatureDistrusted).Take(3).Select(f => $"{head.Ledger}: {f}"));
        }

        Assert.Empty(wrong);
    }

    /// <summary>One more silo, apart from those here, over a store; who asks for it ends it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="further">What it has otherwise.</param>
    internal async Task<InProcessTestCluster> DeployAnotherAsync(ILedgerStore store, Action<IServiceCollection>? further = null)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            Configure(silo, store);
            further?.Invoke(silo.Services);
        });
        var another = builder.Build();
        await another.DeployAsync();
        return another;
    }

    /// <summary>Makes a silo of the platform over a store, with this fixture's documents, index and clock, and snapshots of its own.</summary>
    private void Configure(ISiloBuilder silo, ILedgerStore store)
    {
        silo.AddMemoryGrainStorage(BriDataGrainOptions.SnapshotStorage, o => o.GrainStorageSerializer = new SnapshotSerializer());
        silo.Services.AddSingleton(store);
        silo.Services.AddSingleton<ILedgerUpkeep>(Upkeep);
        silo.Services.AddSingleton<IDocumentStore>(Documents);
        silo.Services.AddSingleton<IValueKeyStore>(Keys);
        silo.Services.AddSingleton<IPayloadStore>(Payloads);
        silo.Services.AddSingleton<IAuditIndex>(Index);
        silo.Services.AddSingleton<IWitnessStore>(Witnesses);
        silo.UseInMemoryReminderService();
        silo.Services.AddSingleton<IAuditFreshness>(store == Store ? Freshness : new TestFreshness(store, Index, Upkeep));
        silo.Services.AddSingleton<ICallerVerifier, TestCallers>();
        silo.Services.AddSingleton<IFoundingIssuers, TestFounding>();
        silo.Services.AddSingleton(new PlatformKeys(new byte[32]));
        silo.Services.AddKeyedSingleton<TimeProvider>(BriDataGrainOptions.Clock, Time);
        silo.AddBriDataGrains(o =>
        {
            o.LogOrigin = LogOrigin;
            o.SnapshotEvery = 8;
            o.ClosedTransfersInMemory = 4;
            o.TotalsSettlePeriod = TimeSpan.FromMilliseconds(50);
        });
    }

    /// <summary>The stored entry a receipt points to, its leaf hash checked.</summary>
    internal async Task<StoredEntry> StoredAsync(ReceiptReference receipt)
    {
        await foreach (var entry in Store.ReadAsync(LedgerId.Parse(receipt.Ledger), receipt.Index, receipt.Index + 1))
        {
            Assert.Equal(receipt.LeafHash, MerkleHash.Leaf(entry.Body.Span).ToString());
            return entry;
        }

        throw new InvalidOperationException($"There is no entry {receipt}.");
    }

    internal async Task<JsonDocument> EntryAsync(ReceiptReference receipt) => JsonDocument.Parse((await StoredAsync(receipt)).Body);

    internal Task<int> CountAsync(IAgreementGrain agreement, string kind) => CountAsync($"agreement/{agreement.GetPrimaryKeyString()}", kind);

    /// <summary>Number of entries of a kind.</summary>
    internal async Task<int> CountAsync(string ledger, string kind)
    {
        var count = 0;
        await foreach (var entry in Store.ReadAsync(LedgerId.Parse(ledger), 0, long.MaxValue))
        {
            using var body = JsonDocument.Parse(entry.Body);
            count += body.RootElement.GetProperty("kind").GetString() == kind ? 1 : 0;
        }

        return count;
    }

    internal async Task<List<ReplayedDecision>> ReplayAsync(LedgerId ledger)
    {
        var all = new List<ReplayedDecision>();
        await foreach (var decision in new DecisionReplayer(Store, new RuleLibrary(Documents)).ReplayAsync(ledger))
        {
            all.Add(decision);
        }

        return all;
    }

    /// <summary>Repeats a call until the failed activation is gone and a fresh one answers.</summary>
    internal async Task<Reply<T>> RetryAsync<T>(Func<Task<Reply<T>>> call)
    {
        for (var attempt = 0; ; attempt++)
        {
            var reply = await call();
            if (reply.IsOk || attempt == 100 || ProblemIsFinal(reply.Refusal.Code))
            {
                return reply;
            }

            await Task.Yield();
        }
    }

    private static bool ProblemIsFinal(string code) =>
        code is not (ErrorCodes.LedgerFull or ErrorCodes.LedgerUnavailable or ErrorCodes.OutcomeUnknown or ErrorCodes.Busy or ErrorCodes.PublicationPending);
}
