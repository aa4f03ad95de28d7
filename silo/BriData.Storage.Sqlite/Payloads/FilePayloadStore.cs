using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using BriData.Ledger.Payloads;
using BriData.Storage.Sqlite.Hosting;

namespace BriData.Storage.Sqlite.Payloads;

/// <summary>
/// Payloads as files of mode 0600, one directory per jurisdiction. A payload is whole and on the disk before it gets its
/// published name, and the name is on the disk before <see cref="PublishAsync"/> returns.
/// </summary>
public sealed class FilePayloadStore : IPayloadStore
{
    // What the system says of a file that is not there any more: it was moved or removed while the folder was read.
    private static readonly DateTime Gone = DateTime.FromFileTimeUtc(0);

    private readonly PayloadPaths _paths;
    private readonly TimeProvider _time;

    public FilePayloadStore(StorageDirectory directory, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(directory);
        _paths = new PayloadPaths(directory.PathOf("payloads"));
        _time = time;
        StorageDirectory.CreatePrivate(_paths.Root);
    }

    /// <inheritdoc/>
    public async Task<StagedPayload> StageAsync(string jurisdiction, Stream content, long maxBytes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        var reference = RandomNumberGenerator.GetHexString(PayloadPaths.ReferenceLength, lowercase: true);
        var path = _paths.Staged(jurisdiction, reference);
        var kept = false;
        try
        {
            _paths.Create(jurisdiction);
            var (size, sha256) = await StagingFile.WriteAsync(path, content, maxBytes, cancellationToken);
            DirectorySync.Flush(_paths.Staging(jurisdiction));
            kept = true;
            return new StagedPayload(jurisdiction, reference, size, sha256);
        }
        catch (PayloadSourceException error)
        {
            ExceptionDispatchInfo.Throw(error.Cause);
            throw;
        }
        catch (Exception error) when (PayloadFailures.IsStorage(error))
        {
            throw PayloadFailures.Translate(error);
        }
        finally
        {
            if (!kept)
            {
                TryDelete(path);
            }
        }
    }

    /// <inheritdoc/>
    public Task PublishAsync(StagedPayload staged, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(staged);
        if (!PayloadPaths.AreNames(staged.Jurisdiction, staged.Reference))
        {
            throw new PayloadStoreException(storageFull: false, "The payload was not staged here.");
        }

        var from = _paths.Staged(staged.Jurisdiction, staged.Reference);
        var to = _paths.Published(staged.Jurisdiction, staged.Reference);
        return RunAsync(
            () =>
            {
                Rename(from, to);

                // The new name first: a power cut between the two flushes may leave both names, never none.
                DirectorySync.Flush(_paths.Objects(staged.Jurisdiction));
                DirectorySync.Flush(_paths.Staging(staged.Jurisdiction));
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task DiscardAsync(StagedPayload staged, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(staged);
        if (!PayloadPaths.AreNames(staged.Jurisdiction, staged.Reference))
        {
            return Task.CompletedTask;
        }

        var (path, published) = (_paths.Staged(staged.Jurisdiction, staged.Reference), _paths.Published(staged.Jurisdiction, staged.Reference));
        return RunAsync(
            () =>
            {
                Delete(path);
                Delete(published);

                // Also when nothing was there: an earlier attempt may have failed just here.
                foreach (var directory in (ReadOnlySpan<string>)[_paths.Staging(staged.Jurisdiction), _paths.Objects(staged.Jurisdiction)])
                {
                    if (Directory.Exists(directory))
                    {
                        DirectorySync.Flush(directory);
                    }
                }

                return true;
            },
            cancellationToken);
    }

    /// <summary>Payloads, staged or published, last written longer ago than <paramref name="age"/>.</summary>
    /// <exception cref="PayloadStoreException">The storage is unavailable.</exception>
    public Task<IReadOnlyList<PayloadName>> ListAsync(TimeSpan age, CancellationToken cancellationToken = default)
    {
        var limit = _time.GetUtcNow().UtcDateTime - age;
        return RunAsync<IReadOnlyList<PayloadName>>(
            () =>
            [
                .. _paths.All()
                    .Where(file => PayloadPaths.AreNames(file.Name.Jurisdiction, file.Name.Reference)
                        && File.GetLastWriteTimeUtc(file.Path) is var written && written != Gone && written < limit)
                    .Select(static file => file.Name)
                    .Distinct(),
            ],
            cancellationToken);
    }

    /// <summary>The first bytes of a payload, staged or published; fewer where it is shorter, none where it is gone.</summary>
    /// <exception cref="PayloadStoreException">The storage is unavailable.</exception>
    public Task<byte[]> ReadStartAsync(PayloadName name, int bytes, CancellationToken cancellationToken = default)
    {
        string[] paths = [_paths.Published(name.Jurisdiction, name.Reference), _paths.Staged(name.Jurisdiction, name.Reference)];
        return RunAsync(
            () =>
            {
                if (Array.Find(paths, File.Exists) is not { } path)
                {
                    return [];
                }

                using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
                var start = new byte[bytes];
                return start[..file.ReadAtLeast(start, bytes, throwOnEndOfStream: false)];
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string jurisdiction, string reference, CancellationToken cancellationToken = default)
    {
        if (!PayloadPaths.AreNames(jurisdiction, reference))
        {
            return Task.FromResult<Stream?>(null);
        }

        var path = _paths.Published(jurisdiction, reference);
        return RunAsync<Stream?>(() => File.Exists(path) ? Open(path) : null, cancellationToken);
    }

    /// <summary>
    /// Deletes staged payloads last written longer ago than <paramref name="age"/>, and returns how many. The age MUST be
    /// longer than an upload, and than recovery takes to publish what the ledger says was deposited.
    /// </summary>
    public Task<int> SweepStagingAsync(TimeSpan age, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(age, TimeSpan.Zero);
        var limit = _time.GetUtcNow().UtcDateTime - age;
        return RunAsync(
            () =>
            {
                var deleted = 0;
                foreach (var file in _paths.AllStaged())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    deleted += File.GetLastWriteTimeUtc(file) < limit && Delete(file) ? 1 : 0;
                }

                return deleted;
            },
            cancellationToken);
    }

    private static FileStream Open(string path) =>
        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 << 10, FileOptions.Asynchronous);

    private static void Rename(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: false);
        }
        catch (IOException) when (File.Exists(to))
        {
            // Published before, though perhaps not flushed: the caller's flush follows either way.
        }
    }

    private static bool Delete(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        File.Delete(path);
        return true;
    }

    private static void TryDelete(string path)
    {
        try
        {
            Delete(path);
        }
        catch (Exception error) when (PayloadFailures.IsStorage(error))
        {
            // The sweep will find it; the error that led here is the one to report.
        }
    }

    // Renaming and flushing block, so they leave the caller's thread, which may be a grain's.
    private static async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        catch (Exception error) when (PayloadFailures.IsStorage(error))
        {
            throw PayloadFailures.Translate(error);
        }
    }
}
