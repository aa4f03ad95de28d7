namespace BriData.Ledger.Mirroring;

/// <summary>
/// A folder that one run writes into. Every file appears whole or not at all, whenever the process ends: it is written under
/// another name, flushed, and renamed.
/// </summary>
internal sealed class MirrorFolder : IDisposable
{
    private const string LockFile = ".lock";
    private const string Incoming = ".incoming";
    private const string Refused = "refused";

    private readonly string _folder;
    private readonly FileStream _lock;
    private long _written;

    private MirrorFolder(string folder, FileStream @lock)
    {
        _folder = folder;
        _lock = @lock;
        Source = new FolderLedgerSource(folder);
    }

    /// <summary>Reads what is there.</summary>
    public FolderLedgerSource Source { get; }

    /// <summary>Creates the folder if need be, and keeps every other run out of it.</summary>
    /// <exception cref="IOException">Another run is at work in it, or it cannot be written.</exception>
    public static MirrorFolder Open(string folder)
    {
        var incoming = Path.Combine(folder, Incoming);
        Directory.CreateDirectory(folder);
        var opened = new MirrorFolder(folder, new FileStream(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        try
        {
            if (Directory.Exists(incoming))
            {
                Directory.Delete(incoming, recursive: true);
            }

            Directory.CreateDirectory(incoming);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public bool Has(string path) => File.Exists(Path.Combine(_folder, path));

    /// <summary>Writes one resource, over what is there under its path.</summary>
    public async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(_folder, Incoming, Interlocked.Increment(ref _written).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            await stream.WriteAsync(content, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Move(temporary, file, overwrite: true);
    }

    /// <summary>Keeps a checkpoint that was refused; returns where.</summary>
    public async Task<string> KeepRefusedAsync(string note, long size, CancellationToken cancellationToken)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(note);
        var path = $"{Refused}/{size.ToString(System.Globalization.CultureInfo.InvariantCulture)}-{Hash256.OfSha256(bytes).ToString()[..16]}.checkpoint";
        await WriteAsync(path, bytes, cancellationToken);
        return Path.Combine(_folder, path);
    }

    /// <summary>Removes partial tiles and bundles that a tree of this size does not have at its edge.</summary>
    public void RemoveSuperseded(long size)
    {
        var tiles = Path.Combine(_folder, "tile");
        if (!Directory.Exists(tiles))
        {
            return;
        }

        foreach (var partials in Directory.GetDirectories(tiles, "*.p", SearchOption.AllDirectories))
        {
            foreach (var file in Directory.GetFiles(partials))
            {
                var path = Path.GetRelativePath(_folder, file).Replace(Path.DirectorySeparatorChar, '/');
                if (TilePath.TryParse(path, out var tile) && tile.WidthAt(size) != tile.Width)
                {
                    File.Delete(file);
                }
            }

            if (Directory.GetFileSystemEntries(partials).Length == 0)
            {
                Directory.Delete(partials);
            }
        }
    }

    public void Dispose() => _lock.Dispose();
}
