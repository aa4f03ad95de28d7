namespace BriData.Storage.Sqlite.Snapshots;

/// <summary>A snapshot as stored; <paramref name="IsIntact"/> tells whether its bytes agree with the hash beside them.</summary>
internal sealed record StoredSnapshot(string ETag, byte[] Data, bool IsIntact);
