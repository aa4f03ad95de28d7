namespace BriData.Storage.Sqlite.Hosting;

/// <summary>A file of the store cannot be opened: damaged, unreadable or written by a newer version.</summary>
public sealed class StorageOpenException(string path, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public string Path { get; } = path;
}
