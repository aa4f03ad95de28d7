using System.Runtime.InteropServices;

namespace BriData.Storage.Sqlite.Hosting;

/// <summary>
/// Makes the names in a directory durable. A file's own flush does not: after a power cut a renamed file may be back
/// under its old name. On Windows the file system journals names by itself.
/// </summary>
internal static partial class DirectorySync
{
    private const int ReadOnly = 0;
    private const int InvalidArgument = 22;

    /// <exception cref="IOException">The directory could not be flushed.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(directory, ReadOnly);
        if (handle < 0)
        {
            throw Error(directory);
        }

        try
        {
            // EINVAL: a file system that has no such operation and needs none.
            if (FSync(handle) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
            {
                throw Error(directory);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Error(string directory)
    {
        var code = Marshal.GetLastPInvokeError();
        return new IOException($"The directory '{directory}' could not be flushed: {Marshal.GetPInvokeErrorMessage(code)}.", code);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
