using BriData.Contracts;
using BriData.Grains.Agreements;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Silo.Erasure;
using BriData.Testing.Ledger;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BriData.Silo.Tests.Erasure;

public sealed class ErasureWakeServiceTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly Refusal Pending = new(ErrorCodes.ErasurePending, "Not yet.");

    private readonly InMemoryLedgerStore _store = new();
    private readonly FakeTimeProvider _time = new();
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
    public async Task Wake_BeforeTheHostHasStarted_AsksNobody()
    {
        await FillAsync("a");
        var (agreements, lifetime) = (new FakeAgreements(_ => Task.FromResult<Reply<bool>>(true)), HostLifetime.Starting());
        using var service = Service(agreements, _store, lifetime);
        await service.StartAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromHours(2));
        await Task.Yield();
        Assert.Equal(0, agreements.Asked("a"));

        lifetime.NotifyStarted();

        await UntilAsync(() => agreements.Asked("a") == 1);
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Stop_BeforeTheHostHasStarted_Ends()
    {
        using var service = Service(new FakeAgreements(_ => Task.FromResult<Reply<bool>>(true)), _store, HostLifetime.Starting());
        await service.StartAsync(CancellationToken.None);

        await service.StopAsync(CancellationToken.None);

        Assert.True(service.ExecuteTask!.IsCompleted);
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

    private ErasureWakeService Service(FakeAgreements agreements, ILedgerStore store, ApplicationLifetime? lifetime = null) =>
        new(agreements.Factory, new AgreementRecords(store), lifetime ?? HostLifetime.Started(), _time, NullLogger<ErasureWakeService>.Instance);

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
}
