namespace BriData.Storage.Sqlite.Snapshots;

/// <summary>A snapshot could not be read or written. It only saves time, so the grain decides whether to go on without.</summary>
public sealed class SnapshotException(SnapshotFailure reason, string stateName, GrainId grainId, Exception? innerException = null)
    : Exception($"The snapshot '{stateName}' of {grainId} is {(reason == SnapshotFailure.Unreadable ? "unreadable" : "unavailable")}.", innerException)
{
    public SnapshotFailure Reason { get; } = reason;

    public GrainId GrainId { get; } = grainId;
}
