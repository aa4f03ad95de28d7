using System.Text.Json;
using BriData.Entries.Events;
using Orleans.Storage;

namespace BriData.Grains.EventSourcing;

/// <summary>Snapshots as JSON of a shape of our own, with a version, whatever provider stores them.</summary>
public sealed class SnapshotSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, typeof(T), EventJson.Default));

    public T Deserialize<T>(BinaryData input) => (T)JsonSerializer.Deserialize(input.ToMemory().Span, typeof(T), EventJson.Default)!;
}
