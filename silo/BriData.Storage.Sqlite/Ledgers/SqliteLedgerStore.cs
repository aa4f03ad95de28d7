using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using BriData.Ledger.Merkle;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>
/// Ledgers in one SQLite file: write-ahead log, every commit on durable storage before it is acknowledged, all waiting
/// appends of all ledgers in one commit. Entries are verified against their leaf hashes as they are read.
/// </summary>
public sealed partial class SqliteLedgerStore : ILedgerStore, ILedgerUpkeep, ILedgerActivity, IAsyncDisposable, IDisposable
{
    private int _disposed;

    /// <exception cref="StorageOpenException">The file is damaged, unreadable or of a newer version.</exception>
    public SqliteLedgerStore(
        StorageDirectory directory,
        IOptions<SqliteStorageOptions> options,
        ILogger<SqliteLedgerStore>? logger = null,
        IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(options);
        File = new LedgerFile(directory, options.Value, logger ?? NullLogger<SqliteLedgerStore>.Instance, meters);
    }

    internal LedgerFile File { get; }

    /// <inheritdoc/>
    public ValueTask<LedgerHead> GetHeadAsync(LedgerId ledger, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Find(ledger) is { } row
            ? new LedgerHead(ledger, row.Size, row.Root)
            : new LedgerHead(ledger, 0, MerkleHash.EmptyRoot));

    /// <inheritdoc/>
    public Task AppendAsync(LedgerBatch batch)
    {
        LedgerBatchRules.Check(batch);
        return File.WriteAsync(new AppendRequest(batch));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredEntry> ReadAsync(LedgerId ledger, long from, long to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        var row = Find(ledger) ?? default;
        var end = Math.Min(to, row.Size);
        while (from < end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = File.Read(ledger, (ledger, row.Id, from, end), static (reader, s) => reader.ReadEntries(s.ledger, s.Id, s.from, s.end));
            foreach (var entry in page)
            {
                yield return entry;
            }

            from += page.Count;
            if (from < end)
            {
                // A page is read on the caller's thread; between pages others get their turn on it.
                await Task.Yield();
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<long?> FindByKeyAsync(LedgerId ledger, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default)
    {
        if (key.Length != LedgerTree.KeyBytes)
        {
            throw new ArgumentException($"A key has {LedgerTree.KeyBytes} bytes, not {key.Length}.", nameof(key));
        }

        return ValueTask.FromResult(Find(ledger) is { } row
            && File.Read(ledger, (row.Id, key), static (reader, s) => reader.FindByKey(s.Id, s.key.Span)) is { } index

            // The database may already hold a commit that is not published yet; an entry that is found must be readable.
            && index < row.Size
            ? index
            : default(long?));
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadTileAsync(LedgerId ledger, int level, long index, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (Find(ledger) is not { } row)
        {
            return default;
        }

        ReadOnlyMemory<byte> hashes = level > 0
            ? File.Read(ledger, (row.Id, level, index), static (reader, s) => reader.ReadTile(s.Id, s.level, s.index))
            : File.Read(ledger, (ledger, row.Id, index, width: TileMath.WidthOf(0, index, row.Size)), static (reader, s) => reader.ReadLeaves(s.ledger, s.Id, s.index * TileMath.Width, s.width));
        return ValueTask.FromResult(hashes);
    }

    /// <inheritdoc/>
    /// <remarks>A ledger whose name or head cannot be read is closed and left out; the others are listed.</remarks>
    public async IAsyncEnumerable<LedgerHead> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var after = "";
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = File.Read(default, after, static (reader, name) => reader.List(name));
            foreach (var name in page)
            {
                // The database may already hold a commit that is not published yet; a listed head must be readable.
                if (Listed(name) is { } row)
                {
                    yield return new LedgerHead(LedgerId.Parse(name), row.Size, row.Root);
                }
            }

            if (page.Count < LedgerReader.ListPage)
            {
                yield break;
            }

            // Names that do not rise would have the list go in circles.
            after = string.CompareOrdinal(page[^1], after) > 0
                ? page[^1]
                : throw new LedgerStoreException(default, LedgerStoreFailure.Corrupt, "The names of ledgers do not lie in their order.");
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public ValueTask<long> WaitForAppendAsync(long seenVersion, CancellationToken cancellationToken = default) =>
        File.Signal.WaitForAppendAsync(seenVersion, cancellationToken);

    /// <summary>Commits what is queued and closes the file. Later appends are refused as unavailable.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await Task.Factory.StartNew(File.Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            File.Dispose();
        }
    }

    private LedgerRow? Listed(string name)
    {
        if (!LedgerId.TryParse(name, out var ledger))
        {
            File.MarkNameless(name, $"The name '{name}' is none that a ledger has.");
            return null;
        }

        try
        {
            return Find(ledger);
        }
        catch (LedgerStoreException error) when (error.Reason == LedgerStoreFailure.Corrupt)
        {
            // Closed by the read, and found by whoever asks for it.
            return null;
        }
    }

    private LedgerRow? Find(LedgerId ledger)
    {
        if (File.Heads.TryGet(ledger, out var row))
        {
            return row;
        }

        var stored = File.Read(ledger, ledger, static (reader, id) => reader.Find(id));
        if (stored is { } found)
        {
            File.Heads.Learn(ledger, found);
        }
        else if (File.Heads.MayBeLost(ledger, out var lost))
        {
            throw new LedgerStoreException(ledger, LedgerStoreFailure.Corrupt, lost);
        }

        return stored;
    }
}
