using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Snapshots;
using BriData.Storage.Sqlite.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace BriData.Storage.Sqlite.Tests.Snapshots;

public sealed class SqliteGrainStorageTests : IDisposable
{
    private static readonly GrainId Grain = GrainId.Create("agreement", "cn-kz-customs");

    private readonly TestDirectory _root = new();
    private readonly StorageDirectory _directory;
    private readonly ServiceProvider _serializers = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private SnapshotFile _file;

    public SqliteGrainStorageTests()
    {
        _directory = new StorageDirectory(_root.FullPath);
        _file = new SnapshotFile(_directory, new SqliteStorageOptions { BusyTimeout = TimeSpan.Zero });
    }

    private SqliteGrainStorage Storage => new(
        "snapshots", _file, new SqliteGrainStorageOptions { GrainStorageSerializer = new TestSerializer() }, _serializers.GetRequiredService<IActivatorProvider>());

    private string DatabasePath => _root.PathOf(SnapshotFile.FileName);

    public void Dispose()
    {
        _file.Dispose();
        _directory.Dispose();
        _serializers.Dispose();
        _root.Dispose();
    }

    [Fact]
    public async Task Read_NothingStored_IsANewStateThatDoesNotExist()
    {
        var state = new GrainState<TestState>(new TestState { Value = 9 }, "stale") { RecordExists = true };

        await Storage.ReadStateAsync("s", Grain, state);

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal(0, state.State!.Value);
    }

    [Fact]
    public async Task Write_IsReadBackAlsoAfterReopening()
    {
        var written = await WriteAsync(5);
        Reopen();

        var read = await ReadAsync();

        Assert.Equal(5, read.State!.Value);
        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
    }

    [Fact]
    public async Task Open_FileDamaged_IsPutAsideEachTimeAndStartsEmpty()
    {
        foreach (var aside in new[] { ".damaged", ".damaged-2" })
        {
            await WriteAsync(5);
            _file.Dispose();
            var garbage = System.Text.Encoding.UTF8.GetBytes(new string('x', 9000) + aside);
            await File.WriteAllBytesAsync(DatabasePath, garbage);

            Reopen();

            Assert.False((await ReadAsync()).RecordExists);
            Assert.Equal(garbage, await File.ReadAllBytesAsync(DatabasePath + aside));
        }
    }

    [Fact]
    public void Open_DamagedFileThatIsARecord_IsNeverPutAside()
    {
        var file = new DatabaseFile(_root.PathOf("record.db"), Durable: true, CacheMebibytes: 1, Version: 1, "CREATE TABLE t (n INTEGER)", "Restore it.");

        Assert.Throws<InvalidOperationException>(() => file.OpenDerivedWriter(TimeSpan.Zero, NullLogger.Instance, database => database));
    }

    [Fact]
    public async Task Write_Again_ChangesTheETag()
    {
        var state = await WriteAsync(5);
        var first = state.ETag;
        state.State!.Value = 6;

        await Storage.WriteStateAsync("s", Grain, state);

        Assert.NotEqual(first, state.ETag);
        Assert.Equal(6, (await ReadAsync()).State!.Value);
    }

    [Fact]
    public async Task Write_StaleETag_IsInconsistentAndKeepsWhatIsStored()
    {
        await WriteAsync(5);
        var (winner, loser) = (await ReadAsync(), await ReadAsync());
        winner.State!.Value = 6;
        await Storage.WriteStateAsync("s", Grain, winner);
        loser.State!.Value = 7;
        var etag = loser.ETag;

        var error = await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("s", Grain, loser));

        Assert.Equal(winner.ETag, error.StoredEtag);
        Assert.Equal(etag, error.CurrentEtag);
        Assert.Equal(6, (await ReadAsync()).State!.Value);
        Assert.Equal(etag, loser.ETag);
    }

    [Fact]
    public async Task Write_NewOverExisting_IsInconsistent()
    {
        await WriteAsync(5);

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(6));
    }

    [Fact]
    public async Task Write_ETagOfAClearedRecord_IsInconsistent()
    {
        var stale = await WriteAsync(5);
        await Storage.ClearStateAsync("s", Grain, await ReadAsync());
        await WriteAsync(6);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("s", Grain, stale));
    }

    [Fact]
    public async Task Write_ManyAtOnceFromOneETag_ExactlyOneWins()
    {
        await WriteAsync(5);
        var contenders = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReadAsync()));

        var won = await Task.WhenAll(contenders.Select(async state =>
        {
            try
            {
                await Storage.WriteStateAsync("s", Grain, state);
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        }));

        Assert.Single(won, static w => w);
    }

    [Fact]
    public async Task Clear_RemovesAndIsIdempotent()
    {
        var state = await WriteAsync(5);

        await Storage.ClearStateAsync("s", Grain, state);
        await Storage.ClearStateAsync("s", Grain, state);

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal(0, state.State!.Value);
        Assert.False((await ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task Clear_StaleETag_IsInconsistentAndKeepsWhatIsStored()
    {
        var stale = await WriteAsync(5);
        await Storage.WriteStateAsync("s", Grain, await ReadAsync());

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync("s", Grain, stale));

        Assert.Equal(5, (await ReadAsync()).State!.Value);
    }

    [Fact]
    public async Task States_OfOtherNamesAndGrains_AreApart()
    {
        await WriteAsync(5);
        var (otherName, otherGrain) = (new GrainState<TestState>(), new GrainState<TestState>());

        await Storage.ReadStateAsync("t", Grain, otherName);
        await Storage.ReadStateAsync("s", GrainId.Create("agreement", "cn-kz-tax"), otherGrain);

        Assert.False(otherName.RecordExists);
        Assert.False(otherGrain.RecordExists);
    }

    [Theory]
    [InlineData("UPDATE snapshots SET data = CAST('{\"Value\":6}' AS BLOB)")]
    [InlineData("UPDATE snapshots SET digest = x'00'")]
    public async Task Read_BytesChangedOnDisk_IsUnreadableAndCanBeWrittenOver(string damage)
    {
        await WriteAsync(5);
        Execute(damage);
        var state = new GrainState<TestState>();

        var error = await Assert.ThrowsAsync<SnapshotException>(() => Storage.ReadStateAsync("s", Grain, state));

        Assert.Equal(SnapshotFailure.Unreadable, error.Reason);
        Assert.Equal(Grain, error.GrainId);
        state.State = new TestState { Value = 7 };
        await Storage.WriteStateAsync("s", Grain, state);
        Assert.Equal(7, (await ReadAsync()).State!.Value);
    }

    [Fact]
    public async Task Read_NotUnderstoodBySerializer_IsUnreadable()
    {
        var text = new GrainState<string>("not an object");
        await Storage.WriteStateAsync("s", Grain, text);

        var error = await Assert.ThrowsAsync<SnapshotException>(ReadAsync);

        Assert.Equal(SnapshotFailure.Unreadable, error.Reason);
        Assert.NotNull(error.InnerException);
    }

    [Fact]
    public async Task Write_FileLockedByOther_IsUnavailableThenWorks()
    {
        using (var other = SqliteDatabase.OpenWriter(DatabasePath, durable: false, TimeSpan.Zero, 1))
        {
            other.Execute("BEGIN IMMEDIATE");

            var error = await Assert.ThrowsAsync<SnapshotException>(() => WriteAsync(5));

            Assert.Equal(SnapshotFailure.Unavailable, error.Reason);
            other.Execute("ROLLBACK");
        }

        await WriteAsync(5);
        Assert.Equal(5, (await ReadAsync()).State!.Value);
    }

    private async Task<GrainState<TestState>> WriteAsync(int value)
    {
        var state = new GrainState<TestState>(new TestState { Value = value });
        await Storage.WriteStateAsync("s", Grain, state);
        return state;
    }

    private async Task<GrainState<TestState>> ReadAsync()
    {
        var state = new GrainState<TestState>();
        await Storage.ReadStateAsync("s", Grain, state);
        return state;
    }

    private void Execute(string sql)
    {
        using var database = SqliteDatabase.OpenWriter(DatabasePath, durable: false, TimeSpan.Zero, 1);
        database.Execute(sql);
    }

    private void Reopen()
    {
        _file.Dispose();
        _file = new SnapshotFile(_directory, new SqliteStorageOptions());
    }
}
