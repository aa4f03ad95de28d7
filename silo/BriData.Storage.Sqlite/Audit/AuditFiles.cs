using System.Globalization;
using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Hosting;
using Microsoft.Extensions.Logging;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>
/// Names of the index's files: <c>audit-1.db</c>, <c>audit-2.db</c> and so on, of which the greatest number serves. One that
/// is being built has <c>.unfinished</c> behind its name until it is complete and on the disk.
/// </summary>
internal sealed class AuditFiles(StorageDirectory directory, TimeSpan busyTimeout, ILogger logger)
{
    private const string Prefix = "audit-";
    private const string Suffix = ".db";
    private const string Unfinished = ".unfinished";

    /// <summary>The index file of earlier versions.</summary>
    private const string Former = "audit.db";

    private static readonly string[] Companions = ["", "-wal", "-shm"];

    /// <summary>The number of the file that serves, and throws away all others; one of an earlier schema goes too, and a fresh one begins.</summary>
    /// <exception cref="StorageOpenException">The file is damaged or unreadable.</exception>
    public int Choose()
    {
        var number = 0;
        foreach (var path in Directory.EnumerateFiles(directory.FullPath, $"{Prefix}*{Suffix}"))
        {
            number = Math.Max(number, NumberOf(Path.GetFileName(path)));
        }

        if (number > 0 && Database(PathOf(number)).StoredVersion(busyTimeout) is > 0 and < AuditSchema.Version)
        {
            Delete(PathOf(number));
            number = 0;
        }

        number = Math.Max(1, number);
        foreach (var path in (string[])[.. Directory.EnumerateFiles(directory.FullPath, $"{Prefix}*"), .. Directory.EnumerateFiles(directory.FullPath, $"{Former}*")])
        {
            if (!Companions.Any(c => path == PathOf(number) + c))
            {
                File.Delete(path);
            }
        }

        return number;
    }

    public string PathOf(int number) => directory.PathOf(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}{Suffix}"));

    public string UnfinishedPathOf(int number) => PathOf(number) + Unfinished;

    public AuditFile Open(string path) => new(path, Database(path), busyTimeout, logger);

    /// <summary>Gives a finished, closed file the name under which it is found at the next start.</summary>
    /// <exception cref="IOException">It was not closed cleanly, or cannot be renamed.</exception>
    public void Finish(int number)
    {
        var unfinished = UnfinishedPathOf(number);
        if (File.Exists(unfinished + "-wal"))
        {
            throw new IOException($"'{unfinished}' could not be closed: a part of it is still in its log.");
        }

        // What an earlier switch could neither open nor delete.
        Delete(PathOf(number));
        File.Move(unfinished, PathOf(number));
        DirectorySync.Flush(directory.FullPath);
    }

    public static void Delete(string path)
    {
        foreach (var companion in Companions)
        {
            File.Delete(path + companion);
        }
    }

    private static int NumberOf(string name) =>
        int.TryParse(name.AsSpan(Prefix.Length, name.Length - Prefix.Length - Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static DatabaseFile Database(string path) => new(
        path,
        Durable: false,
        CacheMebibytes: 64,
        AuditSchema.Version,
        AuditSchema.Sql,
        "The index is derived: the file may be deleted while nothing runs, and is then built again from the ledgers.");
}
