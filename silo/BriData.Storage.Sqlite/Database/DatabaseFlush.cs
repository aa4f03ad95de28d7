using System.Runtime.InteropServices;
using SQLitePCL;

namespace BriData.Storage.Sqlite.Database;

/// <summary>
/// Flushes a database file through the handle that SQLite has of it (<c>SQLITE_FCNTL_FILE_POINTER</c>). With one of our own,
/// closing it would take along the locks that SQLite holds on the file in this process (fcntl, POSIX.1).
/// </summary>
internal static unsafe partial class DatabaseFlush
{
    private const int FilePointer = 7;
    private const int SyncFull = 3;

    /// <summary>Place of <c>xSync</c> in <c>sqlite3_io_methods</c>, counted in pointers; the version before it takes up the first.</summary>
    private const int XSync = 5;

    /// <summary>SQLite's result code. The connection must have read from the file, and must not be in use meanwhile.</summary>
    public static int Run(sqlite3 database)
    {
        var code = FileControl(database, "main", FilePointer, out var file);
        if (code != raw.SQLITE_OK)
        {
            return code;
        }

        var methods = *(nint**)file;
        return methods is null ? raw.SQLITE_MISUSE : ((delegate* unmanaged[Cdecl]<nint, int, int>)methods[XSync])(file, SyncFull);
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(sqlite3 database, string name, int operation, out nint argument);
}
