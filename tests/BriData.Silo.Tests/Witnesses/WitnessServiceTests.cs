using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Ledger.Witnesses;
using BriData.Testing.Ledger;
using Microsoft.Extensions.Logging;

namespace BriData.Silo.Tests.Witnesses;

public sealed class WitnessServiceTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly InMemoryLedgerStore _store = new();
    private readonly FakeWitness _witness = new("one.example");
    private readonly Collection _collection;

    public WitnessServiceTests() => _collection = new Collection(_store, new InMemoryWitnessStore(), Collection.NeedEach(_witness), _witness);

    public void Dispose()
    {
        _collection.Dispose();
        _witness.Dispose();
    }

    [Fact]
    public async Task Ledger_AsItGrows_IsWitnessedWithoutBeingAsked()
    {
        using var service = _collection.Service();
        await service.StartAsync(default);
        for (var size = 3; size <= 9; size += 3)
        {
            await AppendAsync(3);
            await UntilAsync(() => _collection.WitnessedSize == size);
        }

        _collection.Observe();
        await service.StopAsync(default);
        Assert.Contains(_collection.Measured, m => m.StartsWith("bridata.witness.lag.entries ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_WhileAWitnessHangs_Ends()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _witness.Instead = async (_, token) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            return FakeWitness.Status(System.Net.HttpStatusCode.OK);
        };
        await AppendAsync(3);
        using var service = _collection.Service();
        await service.StartAsync(default);
        await asked.Task.WaitAsync(Deadline);

        await service.StopAsync(default).WaitAsync(Deadline);

        Assert.Null(_collection.Witnessed);
    }

    [Fact]
    public async Task Ledger_WhileAWitnessOfAnotherHangs_IsWitnessed()
    {
        using var hanging = new FakeWitness("hanging.example");
        using var collection = new Collection(_store, new InMemoryWitnessStore(), Collection.NeedEach(_witness), _witness, hanging);
        var (other, asked) = (LedgerSamples.Numbered(1), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        hanging.Instead = async (_, token) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            return FakeWitness.Status(System.Net.HttpStatusCode.OK);
        };
        collection.Settings.Parallel = 1;
        collection.Others[other] = Collection.NeedEach(hanging);
        await _store.FillAsync(other, 3);
        using var service = collection.Service();
        await service.StartAsync(default);
        await asked.Task.WaitAsync(Deadline);
        await AppendAsync(5);

        await UntilAsync(() => collection.WitnessedSize == 5, collection);

        await service.StopAsync(default).WaitAsync(Deadline);
        Assert.Null(collection.Known.Get(other).Witnessed);
    }

    [Fact]
    public async Task Ledgers_OfOneWitness_AreShownToItInTurn()
    {
        _collection.Settings.Parallel = 1;
        var (now, most) = (0, 0);
        _witness.Instead = async (request, token) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            for (var i = 0; i < 100; i++)
            {
                await Task.Yield();
            }

            Interlocked.Decrement(ref now);
            return FakeWitness.Status(System.Net.HttpStatusCode.OK, CosignatureLines.Write(_witness.Sign(request.Note.Text)));
        };
        LedgerId[] others = [.. Enumerable.Range(1, 8).Select(LedgerSamples.Numbered)];
        foreach (var other in others)
        {
            _collection.Others[other] = _collection.Policy;
            await _store.FillAsync(other, 3);
        }

        using var service = _collection.Service();
        await service.StartAsync(default);

        await UntilAsync(() => others.All(other => _collection.Known.Get(other).Witnessed is not null));

        await service.StopAsync(default).WaitAsync(Deadline);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Ledger_ThatCannotBeRead_HoldsUpNoOther()
    {
        var broken = LedgerSamples.Numbered(1);
        using var collection = new Collection(new BrokenLedgerStore(_store, broken), new InMemoryWitnessStore(), Collection.NeedEach(_witness), _witness);
        _witness.Instead = (_, _) => throw new HttpRequestException("no route");
        collection.Others[broken] = collection.Policy;
        await AppendAsync(7);
        using var service = collection.Service();
        await service.StartAsync(default);

        await UntilAsync(
            () =>
            {
                collection.Observe();
                return collection.Measured.Contains("bridata.witness.lag.entries 7");
            },
            collection);

        _witness.Instead = null;
        await UntilAsync(() => collection.WitnessedSize == 7, collection);
        await service.StopAsync(default).WaitAsync(Deadline);
    }

    [Fact]
    public async Task Ledger_ThatCannotBeReadForLong_IsLoggedWhenThatBeginsAndWhenItIsOverAndMeasuredMeanwhile()
    {
        var broken = LedgerSamples.Numbered(1);
        await _store.FillAsync(broken, 3);
        var store = new BrokenLedgerStore(_store, broken);
        using var collection = new Collection(store, new InMemoryWitnessStore(), Collection.NeedEach(_witness), _witness);
        collection.Others[broken] = collection.Policy;
        using var service = collection.Service();
        await service.StartAsync(default);
        await UntilAsync(() => store.Looks > 5 && IsMeasured(1), collection);
        Assert.Equal([LogLevel.Error], collection.Log.Lines.Select(l => l.Level));

        store.Mend();

        await UntilAsync(() => collection.Known.Get(broken).Witnessed is not null && IsMeasured(0), collection);
        await service.StopAsync(default).WaitAsync(Deadline);
        Assert.Equal([LogLevel.Error, LogLevel.Information], collection.Log.Lines.Select(l => l.Level));
        Assert.All(collection.Log.Lines, line => Assert.Contains(broken.Value, line.Text, StringComparison.Ordinal));

        bool IsMeasured(int stalled)
        {
            collection.Measured.Clear();
            collection.Observe();
            return collection.Measured.Contains($"bridata.witness.stalled.ledgers {stalled}");
        }
    }

    [Fact]
    public async Task Ledger_ThatGrowsWhileAWitnessIsDown_ShowsItsLag()
    {
        _witness.Instead = (_, _) => throw new HttpRequestException("no route");
        await AppendAsync(7);
        using var service = _collection.Service();
        await service.StartAsync(default);

        await UntilAsync(() =>
        {
            _collection.Observe();
            return _collection.Measured.Contains("bridata.witness.lag.entries 7");
        });

        await service.StopAsync(default);
    }

    /// <summary>Lets the periods pass until the condition holds.</summary>
    private async Task UntilAsync(Func<bool> condition, Collection? collection = null)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            (collection ?? _collection).Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private async Task AppendAsync(int count)
    {
        var tree = await LedgerTree.LoadAsync(_store, Collection.Ledger);
        await _store.AppendAsync(tree, LedgerSamples.Drafts(tree.Head.Size, count));
    }
}
