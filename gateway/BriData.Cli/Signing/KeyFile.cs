using BriData.Cli.Platform;
using BriData.Ledger.Signing;

namespace BriData.Cli.Signing;

/// <summary>A private key in a file of its holder: JWK, mode 0600, never overwritten.</summary>
internal static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="CommandException">The file exists or cannot be written.</exception>
    public static void Create(FileInfo file, PrivateJwk key)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            using var stream = new FileStream(file.FullName, options);
            stream.Write(key.ToJson());
            stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, $"The key cannot be written: {e.Message}");
        }
    }

    /// <exception cref="CommandException">The file cannot be read, others may read it, or it holds no private key.</exception>
    public static PrivateJwk Read(FileInfo file)
    {
        byte[] json;
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.FullName) & ~OwnerOnly) != 0)
            {
                throw new CommandException(ExitCodes.Usage, $"Others than its owner may read '{file}'; set its mode to 0600.");
            }

            json = File.ReadAllBytes(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, $"The key cannot be read: {e.Message}");
        }

        return PrivateJwk.TryParse(json, out var key, out var problem) ? key : throw new CommandException(ExitCodes.Usage, $"'{file}' is no signing key: {problem}");
    }
}
