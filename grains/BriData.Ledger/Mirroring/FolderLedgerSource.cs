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
    public async ValueTask<LedgerDescription> DescribeAsync(CancellationToken cancellationToken = default)
    {
        var file = await ReadFileAsync(LedgerPaths.Description, cancellationToken)
            ?? throw new LedgerSourceException($"{folder} holds no {LedgerPaths.Description}.");
        return LedgerDescription.TryRead(file.Span, out var description)
            ? description
            : throw new LedgerSourceException($"{Path.Combine(folder, LedgerPaths.Description)} does not describe a ledger.");
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default) =>
        LedgerPaths.IsResource(path)
            ? ReadFileAsync(path, cancellationToken)
            : throw new ArgumentException($"A ledger has no resource '{path}'.", nameof(path));

    private async ValueTask<ReadOnlyMemory<byte>?> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, path);
        try
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            if (stream.Length > MaxBytes)
            {
                throw new LedgerSourceException($"{file} is larger than any resource of a ledger.");
            }

            var content = GC.AllocateUninitializedArray<byte>((int)stream.Length);
            await stream.ReadExactlyAsync(content, cancellationToken);
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
