using System.Collections.Concurrent;
using BriData.EndToEnd.Tests.Support;
using BriData.Gateway.CrashHost;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using Microsoft.Extensions.Hosting;

namespace BriData.EndToEnd.Tests.Crashes;

/// <summary>
/// The gateway dies before and after every single storage call of a script of real work, each time going on from what the
/// deaths before left. In one process: once dead, no call of that life reaches the storage, no answer of it counts, and no
/// grain of it is left when the next life begins. Every twentieth death takes the whole host with it.
/// <see cref="KillAtCallTests"/> does a sample of the same with kill -9.
/// </summary>
public sealed class EveryCallTests : IDisposable
{
    private const int DeathsOfAHost = 20;

    /// <summary>Appends to one ledger that any step may make, deadly or not, before the rest go through.</summary>
    private const int AppendsOfAStep = 18;

    private readonly string _directory = Directory.CreateTempSubdirectory("bridata-crash-").FullName;
    private readonly Uri _address = new($"http://localhost:{FreePort.Find()}/");
    private readonly ConcurrentDictionary<string, int> _deaths = new();
    private readonly List<Answer> _answers = [];
    private readonly MortalStorage _storage;
    private CrashStep _step = CrashScript.Steps[0];
    private bool _immortal;

    public EveryCallTests() => _storage = new MortalStorage(OnceEachSide, static () => { });

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Death_BeforeAndAfterEveryCall_LosesNothingSplitsNothingForksNothing()
    {
        for (var hosts = 1; _answers.Count < CrashScript.Steps.Count; hosts++)
        {
            Assert.True(hosts < 100, $"No end in sight of '{_step.Name}'.");
            await HostAsync(LivesAsync);
        }

        _immortal = true;
        await HostAsync(async _ =>
        {
            using var office = new Office(_address);
            await CrashScript.EveryAnswerIsGivenAgainAsync(office, _answers);
        });
        await Ledgers.ReadOfflineAsync(_directory, CrashScript.NothingHappenedTwiceAsync);

        // That the script did meet every kind of call, on both sides.
        string[] kinds = ["append country/CN", "append agency/CN.exporter", "append agreement/crash", "append access/CN", "document", "payload staged", "payload published", "payload discarded", "key taken", "keys erased", "snapshot", "index"];
        Assert.All(kinds, kind => Assert.Contains(_deaths, d => d.Key.Contains(kind, StringComparison.Ordinal) && d.Value >= 2));
    }

    /// <summary>A host from its start to its end; then its files are checked.</summary>
    private async Task HostAsync(Func<IHost, Task> live)
    {
        var address = _address.ToString().TrimEnd('/');
        _storage.Revive();
        await using (var app = CrashingGateway.Build([$"--urls={address}", $"--BriData:DataDirectory={_directory}", .. CrashScript.Settings(address)], _storage))
        {
            await app.StartAsync();
            await live(app);
            await app.StopAsync();
        }

        await Ledgers.ReadOfflineAsync(_directory, EverythingHoldsAsync);
    }

    private async Task LivesAsync(IHost host)
    {
        using var office = new Office(_address);
        for (var deaths = 0; deaths < DeathsOfAHost && _answers.Count < CrashScript.Steps.Count; deaths++)
        {
            if (deaths > 0)
            {
                await Activations.EndAllAsync(host.Services);
                _storage.Revive();
            }

            await GoOnAsync(office);
        }
    }

    private async Task GoOnAsync(Office office)
    {
        while (!_storage.IsDead && _answers.Count < CrashScript.Steps.Count)
        {
            _step = CrashScript.Steps[_answers.Count];
            var answer = await CrashScript.TakeAsync(_step, office);
            if (!_storage.IsDead)
            {
                _answers.Add(answer.Is(_step.Status));
            }
        }
    }

    /// <summary>Each call kills twice, the first time before it and then after it, and is let through the third time.</summary>
    private Death OnceEachSide(string call, int number)
    {
        if (_immortal)
        {
            return Death.None;
        }

        // An append has its place in its ledger for a name, where a repetition finds it; but a reservation of persons that
        // nobody was told of is given back and made again, and each collection is an act of its own, so a step has enough at
        // some point. Other calls are told apart by the step that made them; the index follows in its own time, and each start
        // destroys keys once more.
        var kind = $"{_step.Name}: {call.Split(" at ")[0]}";
        var isAppend = call.StartsWith("append", StringComparison.Ordinal);
        var name = isAppend || call is "index" or "keys erased" ? call : kind;
        return isAppend && _deaths.AddOrUpdate(kind, 1, (_, before) => before + 1) > AppendsOfAStep ? Death.None
            : _deaths.AddOrUpdate(name, 1, (_, before) => before + 1) switch { 1 => Death.Before, 2 => Death.After, _ => Death.None };
    }

    private async Task EverythingHoldsAsync(ILedgerStore store)
    {
        await Ledgers.VerifyAllAsync(store);
        foreach (var (ledger, acknowledged) in _storage.Acknowledged)
        {
            var report = await LedgerVerifier.VerifyAsync(store, ledger, acknowledged);
            Assert.True(report.Ok, $"{ledger} does not continue what was acknowledged, {acknowledged.Size} entries: {report.Problem}");
        }

        // A stored head that no append led to would be half a batch, or another history.
        await foreach (var head in store.ListAsync())
        {
            Assert.Contains(head, _storage.Attempted.Keys);
        }
    }
}
