using BriData.Cli.Platform;

namespace BriData.Cli.Verifying;

/// <summary>Files that arguments name.</summary>
internal static class InputFiles
{
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static async Task<byte[]> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, $"{file} cannot be read: {e.Message}");
        }
    }

    /// <exception cref="CommandException">It cannot be written.</exception>
    public static async Task WriteAsync(FileInfo file, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(file.FullName, content, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Failed, $"{file} cannot be written: {e.Message}");
        }
    }
}
