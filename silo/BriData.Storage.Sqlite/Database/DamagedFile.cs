using System.Globalization;

namespace BriData.Storage.Sqlite.Database;

/// <summary>Puts a damaged database out of the way, with its log, so that it can be looked at while a new one serves.</summary>
internal static class DamagedFile
{
    private const string Suffix = ".damaged";

    private static readonly string[] Companions = ["-wal", "-shm", ""];

    /// <summary>Renames the files and returns the new name; what was put aside before keeps its name.</summary>
    /// <exception cref="IOException">They cannot be renamed.</exception>
    public static string MoveAside(string path)
    {
        var aside = path + Suffix;
        for (var number = 2; Companions.Any(c => File.Exists(aside + c)); number++)
        {
            aside = string.Create(CultureInfo.InvariantCulture, $"{path}{Suffix}-{number}");
        }

        // The database comes last: should the process end in between, it is still found damaged, and goes then.
        foreach (var companion in Companions.Where(c => File.Exists(path + c)))
        {
            File.Move(path + companion, aside + companion);
        }

        return aside;
    }
}
