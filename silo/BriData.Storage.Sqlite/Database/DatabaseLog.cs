using Microsoft.Extensions.Logging;

namespace BriData.Storage.Sqlite.Database;

internal static partial class DatabaseLog
{
    [LoggerMessage(6151, LogLevel.Error, "'{Path}' is damaged: it is kept as '{Aside}', and a new one begins")]
    public static partial void PutAside(ILogger logger, string path, string aside, Exception cause);

    [LoggerMessage(6152, LogLevel.Error, "The log of '{Path}' cannot be written back into it; commits go on, and the log grows until it can")]
    public static partial void NotWrittenBack(ILogger logger, string path, Exception cause);

    [LoggerMessage(6153, LogLevel.Information, "The log of '{Path}' is written back again")]
    public static partial void WrittenBackAgain(ILogger logger, string path);

    [LoggerMessage(6154, LogLevel.Critical, "'{Path}' could not be flushed: its log is kept, and grows until the platform is started again; look at the disk")]
    public static partial void LogKept(ILogger logger, string path, Exception cause);
}
