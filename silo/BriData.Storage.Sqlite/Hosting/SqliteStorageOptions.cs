namespace BriData.Storage.Sqlite.Hosting;

/// <summary>Settings of the embedded store.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>
    /// Directory of all databases and payloads, absolute or relative to the working directory; created with mode 0700.
    /// One process at a time may have it open. Default: <c>./data</c>.
    /// </summary>
    public string DataDirectory { get; set; } = "./data";

    /// <summary>
    /// How many appends and documents may wait for the writer, 1 to 1,000,000; one more is refused as unavailable.
    /// Under load the wait grows with this number, memory with the size of what waits. Default: 4,096.
    /// </summary>
    public int MaxQueuedAppends { get; set; } = 4096;

    /// <summary>
    /// How long a read or commit waits for a lock that another process (a backup, a shell) holds on a database before it
    /// is refused as unavailable, 0 to 60 seconds. All appends wait meanwhile, so keep it short. Default: 250 ms.
    /// </summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromMilliseconds(250);
}
