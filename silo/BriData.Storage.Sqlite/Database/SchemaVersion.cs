using System.Globalization;
using BriData.Storage.Sqlite.Hosting;

namespace BriData.Storage.Sqlite.Database;

/// <summary>Creates a file's schema, or brings it up to the version that this software writes.</summary>
internal static class SchemaVersion
{
    /// <exception cref="StorageOpenException">The file was written by a newer version.</exception>
    public static void Ensure(SqliteDatabase database, DatabaseFile file)
    {
        var (path, version) = (file.Path, file.Version);
        var stored = database.Scalar("PRAGMA user_version");
        if (stored > version)
        {
            throw new StorageOpenException(path, $"'{path}' has schema version {stored}; this version of the software knows versions up to {version}. It was left untouched.");
        }

        if (stored == version)
        {
            return;
        }

        database.Execute("BEGIN IMMEDIATE");
        try
        {
            if (stored > 0 && file.Upgrade is { } upgrade)
            {
                upgrade(database, stored);
            }
            else
            {
                database.Execute(file.Schema);
            }

            database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}"));
            database.Execute("COMMIT");
        }
        catch
        {
            database.Rollback();
            throw;
        }
    }
}
