using BriData.Ledger.Erasure;
using BriData.Storage.Sqlite.Erasure;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace BriData.Storage.Sqlite.Tests.Erasure;

public sealed class SqliteValueKeyStoreTests : ValueKeyStoreSuite, IDisposable
{
    private const int PageSize = 4096;

    private static readonly DateTimeOffset At = new(2026, 6, 15, 8, 30, 0, TimeSpan.Zero);

    private readonly TestDirectory _root = new();
    private readonly ValueKeyWrapper _wrapper = new([9, .. new byte[31]]);
    private StorageDirectory _directory;
    private SqliteValueKeyStore _store;

    public SqliteValueKeyStoreTests() => (_directory, _store) = Open();

    private string Database => _root.PathOf(SqliteValueKeyStore.FileName);

    public void Dispose()
    {
        Close();
        _root.Dispose();
    }

    [Fact]
    public async Task Keys_AfterReopening_AreStillThereAndNotGivenOutAgain()
    {
        var taken = await TakeAsync(200);
        await _store.EraseAsync([taken[0].Id], At);

        Reopen();

        var more = await TakeAsync(200);
        Assert.Empty(more.Select(k => k.Id).Intersect(taken.Select(k => k.Id)));
        Assert.Equal(At, (await _store.FindAsync(taken[0].Id)).ErasedAt);
        await Assert.AllAsync(taken.Skip(1), async k =>
        {
            var found = await _store.FindAsync(k.Id);
            Assert.Equal([], SealedValue.Open(found.Key!, SealedValue.Seal(k, [], []), [])!);
        });
    }

    [Fact]
    public async Task Take_GivenOut_IsDurableAlready()
    {
        var key = await _store.TakeAsync();

        // A copy of the files as they are now is what a crash would leave.
        var copy = _root.PathOf("copy");
        Directory.CreateDirectory(copy);
        foreach (var file in Files())
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        using var directory = new StorageDirectory(copy);
        using var after = new SqliteValueKeyStore(directory, Settings(copy), _wrapper);
        Assert.NotNull((await after.FindAsync(key.Id)).Key);
    }

    [Fact]
    public async Task Erase_Returned_LeavesNoByteOfTheKeyInAnyFile()
    {
        var taken = await TakeAsync(300);
        var rows = taken.Select(k => RowOf(k.Id)).ToArray();
        Assert.All(rows, row => Assert.True(IsOnDisk(row[9..])));
        var erased = Enumerable.Range(0, 300).Where(i => i % 3 == 0).ToArray();

        await _store.EraseAsync([.. erased.Select(i => taken[i].Id)], At);

        Assert.All(erased, i => Assert.False(IsOnDisk(rows[i][9..25]) || IsOnDisk(rows[i][^16..]), $"Key {i} is still on the disk."));
        Assert.All(Enumerable.Range(0, 300).Except(erased), i => Assert.True(IsOnDisk(rows[i][9..])));
        Assert.Equal(0, new FileInfo(Database + "-wal").Length);
    }

    [Fact]
    public async Task Erase_WhileAnotherProcessReads_FailsAndSucceedsWhenRepeated()
    {
        var key = await _store.TakeAsync();
        var row = RowOf(key.Id);
        await using (var reader = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            await reader.OpenAsync();
            await using var reading = reader.CreateCommand();
            reading.CommandText = "BEGIN; SELECT count(*) FROM value_keys;";
            await reading.ExecuteScalarAsync();

            await Assert.ThrowsAsync<ValueKeyStoreException>(() => _store.EraseAsync([key.Id], At));
            Assert.True(IsOnDisk(row[9..]), "The test shows nothing: the key was gone already.");
        }

        await _store.EraseAsync([key.Id], At.AddDays(1));

        Assert.Equal(At, (await _store.FindAsync(key.Id)).ErasedAt);
        Assert.False(IsOnDisk(row[9..25]));
    }

    [Fact]
    public async Task Erase_WhileAnotherProcessWrites_ChangesNothingAndSaysSo()
    {
        var key = await _store.TakeAsync();
        await using (var writer = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            await writer.OpenAsync();
            await using var locking = writer.CreateCommand();
            locking.CommandText = "BEGIN IMMEDIATE";
            await locking.ExecuteNonQueryAsync();

            var refusal = await Assert.ThrowsAsync<ValueKeyStoreException>(() => _store.EraseAsync([key.Id], At));

            Assert.False(refusal.StorageFull);
        }

        Assert.NotNull((await _store.FindAsync(key.Id)).Key);
    }

    [Fact]
    public async Task Find_DamagedRow_IsRefusedNotGuessed()
    {
        var key = await _store.TakeAsync();
        RawSql.Execute(Database, "UPDATE value_keys SET value = CAST(substr(value, 1, 68) || x'00' AS BLOB)");

        await Assert.ThrowsAsync<ValueKeyStoreException>(() => _store.FindAsync(key.Id));
    }

    [Fact]
    public async Task Open_UnderAnotherSeed_IsRefusedAndChangesNothing()
    {
        var key = await _store.TakeAsync();
        Close();
        using (var directory = new StorageDirectory(_root.FullPath))
        {
            var refusal = Assert.Throws<StorageOpenException>(() =>
                new SqliteValueKeyStore(directory, Settings(_root.FullPath), new ValueKeyWrapper([8, .. new byte[31]])));
            Assert.Contains("platform seed", refusal.Message, StringComparison.Ordinal);
        }

        (_directory, _store) = Open();
        Assert.NotNull((await _store.FindAsync(key.Id)).Key);
    }

    [Fact]
    public async Task Open_WithAPageDestroyed_IsRefusedWithAdviceAndChangesNothing()
    {
        await TakeAsync(200);
        Close();
        var whole = await File.ReadAllBytesAsync(Database);
        var damaged = whole.ToArray();
        damaged.AsSpan(PageSize, PageSize).Fill(0xFF);
        await File.WriteAllBytesAsync(Database, damaged);

        var refusal = Assert.Throws<StorageOpenException>(() => Open());

        Assert.Equal(Database, refusal.Path);
        Assert.Contains("restore it from a backup", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(Database));
        await File.WriteAllBytesAsync(Database, whole);
        (_directory, _store) = Open();
    }

    [Fact]
    public async Task Open_AllErasedOrOneDamaged_IsNotRefused()
    {
        var key = await _store.TakeAsync();
        Close();
        RawSql.Execute(Database, "UPDATE value_keys SET value = CAST(substr(value, 1, 68) || x'00' AS BLOB) WHERE id = (SELECT max(id) FROM value_keys)");
        (_directory, _store) = Open();
        Assert.NotNull((await _store.FindAsync(key.Id)).Key);
        Close();
        RawSql.Execute(Database, "UPDATE value_keys SET value = zeroblob(69)");

        (_directory, _store) = Open();

        Assert.Null((await _store.FindAsync(key.Id)).Key);
    }

    [Fact]
    public async Task Take_KeysCannotBeWritten_IsRefusedOnceNoneIsLeft()
    {
        Close();
        RawSql.Execute(Database, "CREATE TRIGGER refuse BEFORE INSERT ON value_keys WHEN new.id > 64 BEGIN SELECT RAISE(ABORT, 'no more'); END");

        (_directory, _store) = Open();
        await TakeAsync(64);

        await Assert.ThrowsAsync<ValueKeyStoreException>(() => _store.TakeAsync().AsTask());
    }

    [Fact]
    public void File_IsPrivateByItsDirectory() => Modes.AssertPrivateDirectory(Path.GetDirectoryName(Path.GetFullPath(Database))!);

    protected override Task<IValueKeyStore> CreateAsync() => Task.FromResult<IValueKeyStore>(_store);

    private static IOptions<SqliteStorageOptions> Settings(string path) =>
        Options.Create(new SqliteStorageOptions { DataDirectory = path, BusyTimeout = TimeSpan.Zero });

    private (StorageDirectory Directory, SqliteValueKeyStore Store) Open()
    {
        var directory = new StorageDirectory(_root.FullPath);
        try
        {
            return (directory, new SqliteValueKeyStore(directory, Settings(_root.FullPath), _wrapper));
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    private void Close()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    private void Reopen()
    {
        Close();
        (_directory, _store) = Open();
    }

    private async Task<List<ValueKey>> TakeAsync(int count)
    {
        var keys = new List<ValueKey>();
        for (var i = 0; i < count; i++)
        {
            keys.Add(await _store.TakeAsync());
        }

        return keys;
    }

    private string[] Files() => Directory.GetFiles(_root.FullPath, SqliteValueKeyStore.FileName + "*");

    private bool IsOnDisk(byte[] bytes) => Files().Any(file => ReadShared(file).AsSpan().IndexOf(bytes) >= 0);

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private byte[] RowOf(string id)
    {
        Assert.True(_wrapper.TryRow(id, out var row));
        using var connection = new SqliteConnection($"Data Source={Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT value FROM value_keys WHERE id = $id";
        command.Parameters.AddWithValue("$id", row);
        return (byte[])command.ExecuteScalar()!;
    }
}
