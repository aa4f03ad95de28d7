using System.Security.Cryptography;
using BriData.Grains.Security;
using BriData.Storage.Sqlite.Hosting;

namespace BriData.Silo.Security;

/// <summary>
/// The platform's secret seed: 32 random bytes in <c>keys/platform.seed</c> under the data directory, mode 0600, generated at
/// first start. Losing it means new checkpoint keys and new officer pseudonyms; it belongs into the operator's backup.
/// </summary>
internal static class PlatformKeyFile
{
    private const int SeedBytes = 32;

    /// <exception cref="InvalidDataException">The file is damaged, or others than its owner may read it.</exception>
    public static PlatformKeys LoadOrCreate(string dataDirectory)
    {
        var directory = Path.Combine(dataDirectory, "keys");
        StorageDirectory.CreatePrivate(directory);
        var path = Path.Combine(directory, "platform.seed");
        if (!File.Exists(path))
        {
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
    }
}
