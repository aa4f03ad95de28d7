using Orleans.Storage;

namespace BriData.Storage.Sqlite.Snapshots;

/// <summary>Settings of one grain storage provider.</summary>
public sealed class SqliteGrainStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>
    /// Turns state into bytes. Default: the serializer registered under the provider's name, else the one of the silo.
    /// </summary>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;
}
