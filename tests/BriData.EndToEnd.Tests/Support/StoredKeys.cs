using System.Text.Json;
using BriData.Grains.Security;
using BriData.Ledger.Erasure;
using Microsoft.Data.Sqlite;

namespace BriData.EndToEnd.Tests.Support;

/// <summary>The keys of a transfer, as the entries name them and as <c>keys.db</c> holds them.</summary>
internal static class StoredKeys
{
    /// <summary>Names of the keys that a transfer's entries name.</summary>
    public static async Task<List<string>> OfAsync(Office office, string transfer) =>
    [
        .. (await TrailAsync(office, transfer)).SelectMany(e => new[] { "textKey", "payloadKey" }
            .Select(name => e.GetProperty("data").TryGetProperty(name, out var key) ? key.GetString() : null)).OfType<string>(),
    ];

    /// <summary>The entries of a transfer.</summary>
    public static async Task<JsonElement[]> TrailAsync(Office office, string transfer) =>
        [.. (await (await office.AuditorAsync("CN")).GetAsync($"v1/audit/transfers/{transfer}")).Is(200).List("entries").Select(e => e.GetProperty("entry"))];

    /// <summary>The keys as they lie in the file, without the marks that stay.</summary>
    public static List<byte[]> Wrapped(string dataDirectory, List<string> keys) => [.. keys.Select(k => RowOf(dataDirectory, k)[9..])];

    public static string SecretOf(string dataDirectory, string key) =>
        Convert.ToHexString(Wrapper(dataDirectory).Read(key, RowOf(dataDirectory, key)).Key!.Secret);

    private static ValueKeyWrapper Wrapper(string dataDirectory) =>
        new PlatformKeys(File.ReadAllBytes(Path.Combine(dataDirectory, "keys", "platform.seed"))).ValueKeys;

    private static byte[] RowOf(string dataDirectory, string key)
    {
        Assert.True(Wrapper(dataDirectory).TryRow(key, out var row));
        using var connection = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "keys.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT value FROM value_keys WHERE id = $id";
        command.Parameters.AddWithValue("$id", row);
        return (byte[])command.ExecuteScalar()!;
    }
}
