namespace BriData.Ledger.Mirroring;

/// <summary>
/// A folder whose files lie as the addresses do: <c>checkpoint</c>, <c>tile/0/000</c>, <c>tile/entries/000</c>,
/// <c>documents/…</c>, and <c>ledger.json</c> beside them.
/// </summary>
public sealed class FolderLedgerSource(string folder) : ILedgerSource
{
    // No resource is larger; a file that is, is none, and is not read into memory.
    private const int MaxBytes = EntryBundle.MaxBytes;

    /// <inheritdoc/>
    public string Location => folder;

    /// <inheritdoc/>
    public ValueTask<LedgerDescription> DescribeAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = ReadFile(LedgerPaths.Description)
            ?? throw new LedgerSourceException($"{folder} holds no {LedgerPaths.Description}.");
        return LedgerDescription.TryRead(file.Span, out var description)
            ? ValueTask.FromResult(description)
            : throw new LedgerSourceException($"{Path.Combine(folder, LedgerPaths.Description)} does not describe a ledger.");
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return LedgerPaths.IsResource(path)
            ? ValueTask.FromResult(ReadFile(path))
            : throw new ArgumentException($"A ledger has no resource '{path}'.", nameof(path));
    }

    // In the caller's thread: the system reads ahead, and to hand a small read to another thread costs more than the read.
    private ReadOnlyMemory<byte>? ReadFile(string path)
    {
        var file = Path.Combine(folder, path);
        try
        {
            using var handle = File.OpenHandle(file, options: FileOptions.SequentialScan, share: FileShare.Read | FileShare.Delete);
            var length = RandomAccess.GetLength(handle);
            if (length > MaxBytes)
            {
                throw new LedgerSourceException($"{file} is larger than any resource of a ledger.");
            }

            var content = GC.AllocateUninitializedArray<byte>((int)length);
            var read = 0;
            while (read < content.Length)
            {
                var more = RandomAccess.Read(handle, content.AsSpan(read), read);
                read += more > 0 ? more : throw new EndOfStreamException("It became shorter while it was read.");
            }

            return content;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerSourceException($"{file} cannot be read: {e.Message}", e);
        }
    }
}
