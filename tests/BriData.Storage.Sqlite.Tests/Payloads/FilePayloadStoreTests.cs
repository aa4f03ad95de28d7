using System.Diagnostics;
using BriData.Ledger.Payloads;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Payloads;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
using Microsoft.Extensions.Time.Testing;

namespace BriData.Storage.Sqlite.Tests.Payloads;

public sealed class FilePayloadStoreTests : PayloadStoreSuite, IDisposable
{
    private readonly TestDirectory _root = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(60));
    private readonly StorageDirectory _directory;
    private readonly FilePayloadStore _store;

    public FilePayloadStoreTests()
    {
        _directory = new StorageDirectory(_root.FullPath);
        _store = new FilePayloadStore(_directory, _time);
    }

    private string Staging => _root.PathOf("payloads/CN/staging");

    private string Objects => _root.PathOf("payloads/CN/objects");

    public void Dispose()
    {
        _directory.Dispose();
        _root.Dispose();
    }

    [Fact]
    public async Task Files_ArePrivate()
    {
        var staged = await StageAsync(10);
        await _store.PublishAsync(await StageAsync(10));

        foreach (var directory in new[] { _root.PathOf("payloads"), _root.PathOf("payloads/CN"), Staging, Objects })
        {
            Modes.AssertPrivateDirectory(directory);
        }

        foreach (var file in new[] { Path.Combine(Staging, staged.Reference), Directory.GetFiles(Objects).Single() })
        {
            Modes.AssertPrivateFile(file);
        }
    }

    [Fact]
    public async Task Stage_Refused_LeavesNoFile()
    {
        using var large = new MemoryStream(new byte[500_000]);
        await using var broken = new BrokenStream(200_000);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAsync<PayloadTooLargeException>(() => _store.StageAsync("CN", large, 300_000));
        await Assert.ThrowsAsync<EndOfStreamException>(() => _store.StageAsync("CN", broken, 300_000));
        large.Position = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.StageAsync("CN", large, 1_000_000, stop.Token));

        Assert.Empty(Directory.GetFiles(Staging));
    }

    [Fact]
    public async Task Publish_MovesTheFile()
    {
        var staged = await StageAsync(10);

        await _store.PublishAsync(staged);

        Assert.Empty(Directory.GetFiles(Staging));
        Assert.Equal(staged.Reference, Path.GetFileName(Assert.Single(Directory.GetFiles(Objects))));
    }

    [Theory]
    [InlineData("CN", "../staging/x")]
    [InlineData("CN", "0123456789abcdef0123456789abcde/")]
    [InlineData("../CN", "0123456789abcdef0123456789abcdef")]
    [InlineData("CN", "0123456789ABCDEF0123456789ABCDEF")]
    public async Task PublishAndDiscard_NamesNeverGivenOut_TouchNothing(string jurisdiction, string reference)
    {
        var forged = (await StageAsync(10)) with { Jurisdiction = jurisdiction, Reference = reference };

        await Assert.ThrowsAsync<PayloadStoreException>(() => _store.PublishAsync(forged));
        await _store.DiscardAsync(forged);

        Assert.Single(Directory.GetFiles(Staging));
        Assert.Empty(Directory.GetFiles(Objects));
    }

    [Fact]
    public async Task Sweep_DeletesOnlyStagedFilesOlderThanTheAge()
    {
        var (old, recent) = (await StageAsync(1), await StageAsync(2));
        await _store.PublishAsync(await StageAsync(3));
        SetAge(Path.Combine(Staging, old.Reference), TimeSpan.FromHours(25));
        SetAge(Path.Combine(Staging, recent.Reference), TimeSpan.FromHours(23));
        SetAge(Directory.GetFiles(Objects).Single(), TimeSpan.FromDays(1000));

        Assert.Equal(1, await _store.SweepStagingAsync(TimeSpan.FromHours(24)));

        Assert.Equal(recent.Reference, Path.GetFileName(Assert.Single(Directory.GetFiles(Staging))));
        Assert.Single(Directory.GetFiles(Objects));

        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await _store.SweepStagingAsync(TimeSpan.FromHours(24)));
        Assert.Empty(Directory.GetFiles(Staging));
    }

    [Fact]
    public async Task List_StagedAndPublishedOlderThanTheAge_AreNamedOnceAndTellTheirStart()
    {
        var (staged, published, recent) = (await StageAsync(40), await StageAsync(3), await StageAsync(1));
        await _store.PublishAsync(published);
        File.Copy(Path.Combine(Objects, published.Reference), Path.Combine(Staging, published.Reference));
        File.WriteAllText(Path.Combine(Objects, "not-ours"), "");
        foreach (var file in Directory.GetFiles(Staging).Concat(Directory.GetFiles(Objects)))
        {
            SetAge(file, TimeSpan.FromHours(25));
        }

        SetAge(Path.Combine(Staging, recent.Reference), TimeSpan.FromHours(23));

        var old = await _store.ListAsync(TimeSpan.FromDays(1));

        PayloadName[] expected = [new("CN", staged.Reference), new("CN", published.Reference)];
        Assert.Equal(expected.OrderBy(n => n.Reference), old.OrderBy(n => n.Reference));
        Assert.Equal(22, (await _store.ReadStartAsync(expected[0], 22)).Length);
        Assert.Equal(3, (await _store.ReadStartAsync(expected[1], 22)).Length);
        Assert.Empty(await _store.ReadStartAsync(new PayloadName("CN", new string('0', 32)), 22));
    }

    [Fact]
    public async Task Stage_DiskFull_SaysSoAndKeepsNothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=1m", "bridata-test", _root.PathOf("payloads")), "A file system cannot be mounted here.");
        try
        {
            using var content = new MemoryStream(new byte[2 << 20]);

            var refusal = await Assert.ThrowsAsync<PayloadStoreException>(() => _store.StageAsync("CN", content, long.MaxValue));

            Assert.True(refusal.StorageFull);
            Assert.Empty(Directory.GetFiles(Staging));
            Assert.Equal(1000, (await StageAsync(1000)).Size);
        }
        finally
        {
            Run("umount", "-l", _root.PathOf("payloads"));
        }
    }

    protected override Task<IPayloadStore> CreateAsync() => Task.FromResult<IPayloadStore>(_store);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private void SetAge(string path, TimeSpan age) => File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime - age);

    private async Task<StagedPayload> StageAsync(int bytes)
    {
        using var content = new MemoryStream(new byte[bytes]);
        return await _store.StageAsync("CN", content, long.MaxValue);
    }
}
