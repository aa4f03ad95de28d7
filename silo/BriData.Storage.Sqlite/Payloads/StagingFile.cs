using System.Buffers;
using System.Security.Cryptography;
using BriData.Ledger.Payloads;

namespace BriData.Storage.Sqlite.Payloads;

/// <summary>Streams content into a new file of mode 0600, hashing it on the way.</summary>
internal static class StagingFile
{
    private const int BufferBytes = 128 << 10;

    /// <summary>Writes and flushes to the disk; returns size and SHA-256.</summary>
    public static async Task<(long Size, Hash256 Sha256)> WriteAsync(string path, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var file = new FileStream(path, Options());
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var size = 0L;
            while (await ReadAsync(content, buffer, cancellationToken) is var read and > 0)
            {
                size += read;
                if (size > maxBytes)
                {
                    throw new PayloadTooLargeException(maxBytes);
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            file.Flush(flushToDisk: true);
            return (size, Digest(hash));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    // The sender's failures are its own; they must not look like the storage's.
    private static async ValueTask<int> ReadAsync(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellationToken);
        }
        catch (IOException error)
        {
            throw new PayloadSourceException(error);
        }
    }

    private static Hash256 Digest(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[Hash256.ByteCount];
        hash.GetHashAndReset(digest);
        return Hash256.FromBytes(digest);
    }
}
