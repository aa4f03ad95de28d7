using System.Security.Cryptography;
using BriData.Grains.Security;
using BriData.Storage.Sqlite.Erasure;
using BriData.Storage.Sqlite.Hosting;

namespace BriData.Silo.Security;

/// <summary>
/// The platform's secret seed: 32 random bytes in <c>keys/platform.seed</c> under the data directory, mode 0600, generated at
/// first start. Without it no private text and no payload opens, and checkpoint keys and officer pseudonyms would be new ones; it
/// belongs into the operator's backup, and no second one is made where keys are stored already.
/// </summary>
internal static class PlatformKeyFile
{
    private const int SeedBytes = 32;

    /// <exception cref="InvalidDataException">The file is damaged, others than its owner may read it, or it is missing beside stored keys.</exception>
    public static PlatformKeys LoadOrCreate(string dataDirectory)
    {
        var directory = Path.Combine(dataDirectory, "keys");
        StorageDirectory.CreatePrivate(directory);
        var path = Path.Combine(directory, "platform.seed");
        if (!File.Exists(path))
        {
            // Under a new seed no stored key would be found, and every erasure would count as done.
            var keys = Path.Combine(dataDirectory, SqliteValueKeyStore.FileName);
            if (File.Exists(keys))
            {
                throw new InvalidDataException($"'{path}' is missing, but '{keys}' holds keys under it. Restore it from the backup that the data is from; no new one was made.");
            }

            Create(path);
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
        {
            throw new InvalidDataException($"Others than its owner may read '{path}'; set its mode to 0600.");
        }

        var seed = File.ReadAllBytes(path);
        return seed.Length == SeedBytes ? new PlatformKeys(seed) : throw new InvalidDataException($"'{path}' is not a seed of {SeedBytes} bytes.");
    }

    private static void Create(string path)
    {
        // Whole or not at all: a seed cut short by a crash would change every key.
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(temporary, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(SeedBytes));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: false);

        // The name too, before anything rests on it.
        var directory = Path.GetDirectoryName(path)!;
        StorageDirectory.Flush(directory);
        StorageDirectory.Flush(Path.GetDirectoryName(directory)!);
    }
}
