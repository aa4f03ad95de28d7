using System.Buffers.Binary;
using BriData.Storage.Sqlite.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>
/// The file <c>ledger.mark</c>: the size of each ledger as of its last acknowledged commit, 16 bytes at the ledger's number.
/// SQLite takes a damaged frame of its log for the log's end and drops what follows without a word; the mark tells that
/// there was more. It is written after each commit and never flushed: it survives the process, and after a power cut it may
/// lag behind, but it is never ahead.
/// </summary>
internal sealed class LedgerMark : IDisposable
{
    public const string FileName = "ledger.mark";

    private const int SlotBytes = 16;

    /// <summary>The file grows by this, so that a full disk is met rarely and a slot is never half there.</summary>
    private const int GrowBytes = 64 << 10;

    private readonly SafeFileHandle _file;
    private readonly ILogger _logger;
    private long _length;

    /// <exception cref="StorageOpenException">The file cannot be opened.</exception>
    public LedgerMark(string path, ILogger logger)
    {
        _logger = logger;
        try
        {
            _file = Open(path);
            _length = RandomAccess.GetLength(_file) / GrowBytes * GrowBytes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageOpenException(path, $"'{path}' cannot be opened. {error.Message}", error);
        }
    }

    /// <summary>The sizes on record, by the ledger's number. A slot that was never written, or is damaged, says nothing.</summary>
    public Dictionary<long, long> Read()
    {
        var sizes = new Dictionary<long, long>();
        var buffer = new byte[GrowBytes];
        for (var offset = 0L; RandomAccess.Read(_file, buffer, offset) is var read and >= SlotBytes; offset += GrowBytes)
        {
            for (var at = 0; at + SlotBytes <= read; at += SlotBytes)
            {
                var (ledger, size) = ((offset + at) / SlotBytes, BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(at)));
                if (size > 0 && BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(at + 8)) == Seal.OfMark(ledger, size))
                {
                    sizes.Add(ledger, size);
                }
            }
        }

        return sizes;
    }

    /// <summary>Records an acknowledged size. Failing to is no reason to refuse what is committed: it is said and goes on.</summary>
    public void Raise(long ledger, long size)
    {
        Span<byte> slot = stackalloc byte[SlotBytes];
        BinaryPrimitives.WriteInt64LittleEndian(slot, size);
        BinaryPrimitives.WriteInt64LittleEndian(slot[8..], Seal.OfMark(ledger, size));
        try
        {
            Grow((ledger + 1) * SlotBytes);
            RandomAccess.Write(_file, slot, ledger * SlotBytes);
        }
        catch (IOException error)
        {
            LedgerLog.MarkNotWritten(_logger, size, ledger, error);
        }
    }

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Open(string path)
    {
        // The mode is given to a new file before anything is in it.
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (new FileStream(path, options))
        {
        }

        return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
    }

    private void Grow(long needed)
    {
        for (; _length < needed; _length += GrowBytes)
        {
            RandomAccess.Write(_file, new byte[GrowBytes], _length);
        }
    }
}
