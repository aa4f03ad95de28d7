namespace BriData.Storage.Sqlite.Snapshots;

/// <summary>Why a snapshot could not be read or written.</summary>
public enum SnapshotFailure
{
    /// <summary>A snapshot is there, but damaged or not understood. Its ETag is known: it can be written over or cleared.</summary>
    Unreadable,

    /// <summary>The storage is full, locked or unreachable.</summary>
    Unavailable,
}
