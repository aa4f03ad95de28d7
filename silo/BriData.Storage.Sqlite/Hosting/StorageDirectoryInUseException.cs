namespace BriData.Storage.Sqlite.Hosting;

/// <summary>Another process has the data directory open. Two writers would each believe to be the only one.</summary>
public sealed class StorageDirectoryInUseException(string directory, Exception innerException)
    : Exception($"The data directory '{directory}' is in use by another process. Stop it, or choose another directory.", innerException)
{
    public string Directory { get; } = directory;
}
