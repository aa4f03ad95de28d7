using Microsoft.Data.Sqlite;

namespace BriData.Storage.Sqlite.Tests.Support;

/// <summary>Reaches into a database behind the store's back, as damage does, or another program.</summary>
internal static class RawSql
{
    public static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Foreign Keys=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
