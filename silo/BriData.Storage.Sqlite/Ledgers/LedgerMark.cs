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
/// <remarks>A mark that cannot be written refuses nothing that is committed: it is said, counted, and written with the next one.</remarks>
internal sealed class LedgerMark : IDisposable
{
    public const string FileName = "ledger.mark";

    private const int SlotBytes = 16;

    /// <summary>The file grows by this, so that a full disk is met rarely and a slot is never half there.</summary>
    private const int GrowBytes = 64 << 10;

    private readonly SafeFileHandle _file;
    private readonly ILogger _logger;
    private readonly StorageInstruments _instruments;
    private readonly MarkWrite _write;
    private readonly Dictionary<long, long> _behind = [];
    private long _length;

    /// <exception cref="StorageOpenException">The file cannot be opened.</exception>
    public LedgerMark(string path, ILogger logger, StorageInstruments instruments, MarkWrite? write = null)
    {
        _logger = logger;
        _instruments = instruments;
        _write = write ?? RandomAccess.Write;
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

    /// <summary>Takes note of an acknowledged size, for <see cref="Write()"/>.</summary>
    public void Raise(long ledger, long size) => _behind[ledger] = size;

    /// <summary>Records the sizes that are not on record yet. Does not throw.</summary>
    public void Write()
    {
        foreach (var (ledger, size) in _behind)
        {
            try
            {
                Write(ledger, size);
            }
#pragma warning disable CA1031 // Whatever it is: what is committed stays so.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _instruments.MarkFailed();
                LedgerLog.MarkNotWritten(_logger, size, ledger, error);
                return;
            }

            _behind.Remove(ledger);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Write(long ledger, long size)
    {
        Span<byte> slot = stackalloc byte[SlotBytes];
        BinaryPrimitives.WriteInt64LittleEndian(slot, size);
        BinaryPrimitives.WriteInt64LittleEndian(slot[8..], Seal.OfMark(ledger, size));
        Grow((ledger + 1) * SlotBytes);
        _write(_file, slot, ledger * SlotBytes);
    }

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
            _write(_file, new byte[GrowBytes], _length);
        }
    }
}
