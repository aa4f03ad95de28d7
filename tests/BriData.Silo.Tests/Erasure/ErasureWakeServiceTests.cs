using BriData.Contracts;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Silo.Erasure;
using BriData.Testing.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BriData.Silo.Tests.Erasure;

public sealed class ErasureWakeServiceTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly Refusal Pending = new(ErrorCodes.ErasurePending, "Not yet.");

    private readonly InMemoryLedgerStore _store = new();
    private readonly WatchedTime _time = new();
    private readonly HashSet<string> _troubled = [];

    [Theory]
    [InlineData(null)]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(FormatException))]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task Wake_OneAgreementFails_IsAskedAgainEveryMinuteAndTheOthersHourly(Type? failure)
    {
        await FillAsync("a", "b", "c");
        _troubled.Add("b");
        var agreements = new FakeAgreements(agreement => !IsTroubled(agreement) ? Task.FromResult<Reply<bool>>(true)
            : failure is null ? Task.FromResult<Reply<bool>>(Pending)
            : Task.FromException<Reply<bool>>((Exception)Activator.CreateInstance(failure)!));
        using var service = Service(agreements, _store);
        await service.StartAsync(CancellationToken.None);
        await UntilAsync(() => _time.Timers == 1);

        _time.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(() => agreements.Asked("c") == 1);
        for (var minute = 1; minute <= 3; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await UntilAsync(() => agreements.Asked("b") == 1 + minute);
        }

        Assert.Equal((1, 1), (agreements.Asked("a"), agreements.Asked("c")));
        Settle("b");
        _time.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(() => agreements.Asked("b") == 5);
        _time.Advance(TimeSpan.FromMinutes(56));
        await UntilAsync(() => agreements.Asked("c") == 2);

        Assert.Equal((2, 6), (agreements.Asked("a"), agreements.Asked("b")));
        Assert.False(service.ExecuteTask!.IsCompleted);
        await service.StopAsync(CancellationToken.None);
        Assert.True(service.ExecuteTask.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Wake_TheLedgersCannotBeListed_IsTriedAgain()
    {
        await FillAsync("a");
        var store = new FaultingLedgerStore(_store) { FailListing = true };
        var agreements = new FakeAgreements(_ => Task.FromResult<Reply<bool>>(true));
        using var service = Service(agreements, store);
        await service.StartAsync(CancellationToken.None);
        await UntilAsync(() => store.Listings > 1, TimeSpan.FromMinutes(1));

        store.FailListing = false;

        await UntilAsync(() => agreements.Asked("a") > 0, TimeSpan.FromMinutes(1));
        await service.StopAsync(CancellationToken.None);
    }

    private bool IsTroubled(string agreement)
    {
        lock (_troubled)
        {
            return _troubled.Contains(agreement);
        }
    }

    private void Settle(string agreement)
    {
        lock (_troubled)
        {
            _troubled.Remove(agreement);
        }
    }

    private ErasureWakeService Service(FakeAgreements agreements, ILedgerStore store) =>
        new(agreements.Factory, store, _time, NullLogger<ErasureWakeService>.Instance);

    private async Task FillAsync(params string[] agreements)
    {
        foreach (var agreement in agreements)
        {
            await _store.FillAsync(LedgerId.Parse($"agreement/{agreement}"), 1);
        }

        await _store.FillAsync(LedgerId.Parse("country/CN"), 1);
    }

    private async Task UntilAsync(Func<bool> condition, TimeSpan step = default)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            _time.Advance(step);
            await Task.Yield();
        }
    }

    /// <summary>A clock that tells how many timers run on it, so that time goes on only when someone waits for it.</summary>
    private sealed class WatchedTime : FakeTimeProvider
    {
        private int _timers;

        public int Timers => Volatile.Read(ref _timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _timers);
            return timer;
        }
    }
}
