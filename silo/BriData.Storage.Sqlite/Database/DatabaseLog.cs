using Microsoft.Extensions.Logging;

namespace BriData.Storage.Sqlite.Database;

internal static partial class DatabaseLog
{
    [LoggerMessage(6151, LogLevel.Error, "'{Path}' is damaged: it is kept as '{Aside}', and a new one begins")]
    public static partial void PutAside(ILogger logger, string path, string aside, Exception cause);
}
