namespace BriData.Storage.Sqlite.Snapshots;

/// <summary>Names one snapshot: the storage provider, the state of the grain, the grain.</summary>
internal readonly record struct SnapshotKey(string Provider, string State, string Grain);
