using System.Runtime.Versioning;

namespace BriData.Storage.Sqlite.Hosting;

/// <summary>
/// The data directory, held for one process: created with mode 0700 and locked until disposed. Every store of this
/// project lives below one; dispose it after them.
/// </summary>
public sealed class StorageDirectory : IDisposable
{
    internal const string LockFileName = "bridata.lock";

    private readonly FileStream _lock;

    /// <summary>Creates the directory if need be and takes its lock.</summary>
    /// <exception cref="StorageDirectoryInUseException">Another holder has it.</exception>
    public StorageDirectory(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        FullPath = Path.GetFullPath(path);
        CreatePrivate(FullPath);
        _lock = Lock(FullPath);
        DirectorySync.Flush(FullPath);
    }

    public string FullPath { get; }

    public void Dispose() => _lock.Dispose();

    /// <summary>
    /// Creates a directory that only this user may enter, with its name and those above it on the disk before anything is in
    /// it; one that exists keeps its mode.
    /// </summary>
    public static void CreatePrivate(string path)
    {
        var parents = ParentsOfMissing(path);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }

        foreach (var parent in parents)
        {
            DirectorySync.Flush(parent);
        }
    }

    /// <summary>
    /// The directories that get a new name when this one is created, from the inside out. None when it exists: its parent may
    /// be one that this user can pass but not open.
    /// </summary>
    internal static List<string> ParentsOfMissing(string path)
    {
        var parents = new List<string>();
        for (var missing = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)); !Directory.Exists(missing) && Path.GetDirectoryName(missing) is { } parent; missing = parent)
        {
            parents.Add(parent);
        }

        return parents;
    }

    /// <summary>Makes the names in a directory durable.</summary>
    /// <exception cref="IOException">The directory could not be flushed.</exception>
    public static void Flush(string path) => DirectorySync.Flush(path);

    internal string PathOf(string name) => Path.Combine(FullPath, name);

    [UnsupportedOSPlatform("windows")]
    private static UnixFileMode OwnerOnly => UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static FileStream Lock(string directory)
    {
        var path = Path.Combine(directory, LockFileName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(path))
        {
            throw new StorageDirectoryInUseException(directory, error);
        }
    }
}
