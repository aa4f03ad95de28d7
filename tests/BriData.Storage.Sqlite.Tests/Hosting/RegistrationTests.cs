using BriData.Ledger.Audit;
using BriData.Ledger.Documents;
using BriData.Ledger.Payloads;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Ledgers;
using BriData.Storage.Sqlite.Snapshots;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;

namespace BriData.Storage.Sqlite.Tests.Hosting;

public sealed class RegistrationTests
{
    [Fact]
    public async Task AddTwice_GivesOneOfEachAndReleasesTheDirectory()
    {
        using var root = new TestDirectory();
        var path = root.PathOf("new/data");
        var services = new ServiceCollection();
        services.AddBriDataSqliteStorage(options => options.DataDirectory = path).AddBriDataSqliteStorage();
        await using (var provider = services.BuildServiceProvider())
        {
            Assert.Same(provider.GetRequiredService<ILedgerStore>(), provider.GetRequiredService<ILedgerActivity>());
            Assert.Same(provider.GetRequiredService<IDocumentStore>(), provider.GetRequiredService<IDocumentStore>());
            Assert.Same(provider.GetRequiredService<IAuditIndex>(), provider.GetRequiredService<IAuditIndex>());
            Assert.Same(provider.GetRequiredService<IPayloadStore>(), provider.GetRequiredService<IPayloadStore>());
            Assert.Single(provider.GetServices<ILedgerStore>());
            await provider.GetRequiredService<ILedgerStore>().FillAsync(LedgerSamples.SampleLedger, 2);
            Assert.Throws<StorageDirectoryInUseException>(() => new StorageDirectory(path));
        }

        await using var again = new TestStore(path: path);
        Assert.Equal(2, (await again.Ledgers.GetHeadAsync(LedgerSamples.SampleLedger)).Size);
    }

    [Fact]
    public void SecondOpener_GetsAClearError()
    {
        using var root = new TestDirectory();
        using (new StorageDirectory(root.FullPath))
        {
            var error = Assert.Throws<StorageDirectoryInUseException>(() => new StorageDirectory(root.FullPath));

            Assert.Equal(root.FullPath, error.Directory);
            Assert.Contains("in use by another process", error.Message, StringComparison.Ordinal);
        }

        new StorageDirectory(root.FullPath).Dispose();
    }

    [Fact]
    public void Directory_IsCreatedPrivate()
    {
        using var root = new TestDirectory();

        using var directory = new StorageDirectory(root.PathOf("data"));

        Modes.AssertPrivateDirectory(directory.FullPath);
    }

    [Fact]
    public void Directory_ThatIsNew_HasEachNewNamePutOnTheDisk()
    {
        using var root = new TestDirectory();

        Assert.Equal([root.PathOf("a/b"), root.PathOf("a"), root.FullPath], StorageDirectory.ParentsOfMissing(root.PathOf("a/b/c/")));

        StorageDirectory.CreatePrivate(root.PathOf("a/b/c"));
        Assert.Empty(StorageDirectory.ParentsOfMissing(root.PathOf("a/b/c")));
    }

    [Theory]
    [InlineData("", 10, 1)]
    [InlineData("x", 0, 1)]
    [InlineData("x", 1_000_001, 1)]
    [InlineData("x", 10, -1)]
    [InlineData("x", 10, 61)]
    public void Options_OutOfRange_AreRefusedBeforeAnythingOpens(string path, int queued, int seconds)
    {
        using var provider = new ServiceCollection()
            .AddBriDataSqliteStorage(options => (options.DataDirectory, options.MaxQueuedAppends, options.BusyTimeout) = (path, queued, TimeSpan.FromSeconds(seconds)))
            .BuildServiceProvider();

        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<ILedgerStore>());
    }

    [Fact]
    public async Task AddSqliteGrainStorage_RegistersUnderItsName()
    {
        using var root = new TestDirectory();
        var builder = new Builder();
        builder.Services.AddSerializer();
        builder.Services.AddBriDataSqliteStorage(options => options.DataDirectory = root.FullPath);
        builder
            .AddSqliteGrainStorage("snapshots", options => options.GrainStorageSerializer = new TestSerializer())
            .AddSqliteGrainStorage("other", options => options.GrainStorageSerializer = new TestSerializer());
        await using var provider = builder.Services.BuildServiceProvider();
        var grain = GrainId.Create("country", "CN");
        var written = new GrainState<TestState>(new TestState { Value = 5 });

        await provider.GetRequiredKeyedService<IGrainStorage>("snapshots").WriteStateAsync("state", grain, written);

        var same = new GrainState<TestState>();
        await provider.GetRequiredKeyedService<IGrainStorage>("snapshots").ReadStateAsync("state", grain, same);
        var other = new GrainState<TestState>();
        await provider.GetRequiredKeyedService<IGrainStorage>("other").ReadStateAsync("state", grain, other);
        Assert.Equal(5, same.State!.Value);
        Assert.False(other.RecordExists);
    }

    private sealed class Builder : ISiloBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();

        public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
    }
}
