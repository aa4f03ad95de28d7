using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace BriData.Identity.Development;

/// <summary>
/// The key file of one country. It appears whole and with mode 0600 or not at all: it is written beside its place with that
/// mode, flushed, then linked or renamed into place.
/// </summary>
internal sealed partial class DevelopmentKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyDirectory = OwnerOnly | UnixFileMode.UserExecute;

    private readonly string _country;
    private readonly string _directory;
    private readonly string _path;

    public DevelopmentKeyFile(string dataDirectory, string name, string country)
    {
        _country = country;
        _directory = Path.Combine(Path.GetFullPath(dataDirectory), "keys", "dev-issuers");
        _path = Path.Combine(_directory, name + ".json");
    }

    /// <summary>The stored keys, or new ones once they are stored. Of several processes that create, one wins and all return its keys.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, of another version or country, or open to others.</exception>
    public IReadOnlyList<DevelopmentKey> LoadOrCreate(Func<IReadOnlyList<DevelopmentKey>> create)
    {
        if (!File.Exists(_path))
        {
            var keys = create();
            try
            {
                Write(keys, overwrite: false);
                return keys;
            }
            catch (IOException) when (File.Exists(_path))
            {
                // Another process was first.
            }
        }

        return Load();
    }

    /// <summary>Puts the keys in the place of those stored; durable when this returns.</summary>
    public void Replace(IReadOnlyList<DevelopmentKey> keys) => Write(keys, overwrite: true);

    private List<DevelopmentKey> Load()
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(_path) & ~OwnerOnly) != 0)
        {
            throw new InvalidDataException($"The key file {_path} must have mode 0600.");
        }

        try
        {
            var stored = JsonSerializer.Deserialize(File.ReadAllBytes(_path), DevelopmentJson.Default.StoredDevelopmentKeys);
            return stored is { Version: StoredDevelopmentKeys.CurrentVersion, Keys.Count: > 0 } && stored.Country == _country
                ? [.. stored.Keys.Select(DevelopmentKey.Load)]
                : throw new InvalidDataException($"The key file {_path} is not one of {_country} in version {StoredDevelopmentKeys.CurrentVersion}.");
        }
        catch (Exception exception) when (exception is JsonException or CryptographicException)
        {
            throw new InvalidDataException($"The key file {_path} cannot be read.", exception);
        }
    }

    private void Write(IReadOnlyList<DevelopmentKey> keys, bool overwrite)
    {
        CreateDirectory();
        var stored = new StoredDevelopmentKeys(StoredDevelopmentKeys.CurrentVersion, _country, [.. keys.Select(key => key.Store())]);
        var temporary = $"{_path}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                JsonSerializer.Serialize(stream, stored, DevelopmentJson.Default.StoredDevelopmentKeys);
                stream.Flush(flushToDisk: true);
            }

            if (overwrite || !TryLink(temporary))
            {
                File.Move(temporary, _path, overwrite);
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // A move looks whether something is there and then renames, so that of two at one moment both would win; a link is made by one
    // alone. False where there are no links: on Windows, where a move does not replace, and on some file systems.
    private bool TryLink(string temporary)
    {
        const int exists = 17;
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        if (Link(temporary, _path) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == exists ? throw new IOException($"The key file {_path} exists.") : false;
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string path);

    private void CreateDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_directory);
        }
        else
        {
            Directory.CreateDirectory(_directory, OwnerOnlyDirectory);
        }
    }
}
