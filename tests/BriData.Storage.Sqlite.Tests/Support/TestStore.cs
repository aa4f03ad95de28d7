using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Ledgers;
using Microsoft.Extensions.Options;

namespace BriData.Storage.Sqlite.Tests.Support;

/// <summary>A ledger store in a directory, which can be closed and opened again.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly TestDirectory? _owned;
    private readonly SqliteStorageOptions _options;
    private readonly string _path;
    private StorageDirectory _directory;

    public TestStore(SqliteStorageOptions? options = null, string? path = null)
    {
        _owned = path is null ? new TestDirectory() : null;
        _path = path ?? _owned!.FullPath;
        _options = options ?? new SqliteStorageOptions { BusyTimeout = TimeSpan.Zero };
        _directory = new StorageDirectory(_path);
        Ledgers = new SqliteLedgerStore(_directory, Options.Create(_options));
    }

    public SqliteLedgerStore Ledgers { get; private set; }

    public string DatabasePath => Path.Combine(_path, LedgerFile.FileName);

    /// <summary>Closes the store, lets the test do something to its files, and opens it again.</summary>
    public async Task ReopenAsync(Action<string>? whileClosed = null)
    {
        await CloseAsync();
        whileClosed?.Invoke(DatabasePath);
        _directory = new StorageDirectory(_path);
        Ledgers = new SqliteLedgerStore(_directory, Options.Create(_options));
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _owned?.Dispose();
    }

    private async Task CloseAsync()
    {
        await Ledgers.DisposeAsync();
        _directory.Dispose();
    }
}
