using Microsoft.Data.Sqlite;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using SQLitePCL;

namespace BriData.Storage.Sqlite.Snapshots;

/// <summary>
/// Orleans grain persistence over <c>snapshots.db</c>. A lost ETag race is an <see cref="InconsistentStateException"/>,
/// as with the providers of Orleans; a damaged snapshot is a <see cref="SnapshotException"/>, never an empty state.
/// </summary>
public sealed class SqliteGrainStorage : IGrainStorage
{
    private readonly string _provider;
    private readonly SnapshotFile _file;
    private readonly IGrainStorageSerializer _serializer;
    private readonly IActivatorProvider _activators;

    internal SqliteGrainStorage(string provider, SnapshotFile file, SqliteGrainStorageOptions options, IActivatorProvider activators)
    {
        _provider = provider;
        _file = file;
        _serializer = options.GrainStorageSerializer;
        _activators = activators;
    }

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <summary>
    /// Reads the state. When the snapshot is unreadable the ETag is set before the exception leaves, so that the grain may
    /// write a new one over it.
    /// </summary>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var key = Key(stateName, grainId);
        var stored = await RunAsync(stateName, grainId, tables => tables.Read(key), cancellationToken);
        if (stored is null)
        {
            Empty(grainState);
            return;
        }

        grainState.ETag = stored.ETag;
        grainState.RecordExists = true;
        grainState.State = Deserialize<T>(stateName, grainId, stored);
    }

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var key = Key(stateName, grainId);
        var data = _serializer.Serialize(grainState.State).ToMemory();
        var (current, next) = (grainState.ETag, Guid.NewGuid().ToString("N"));
        var conflict = await RunAsync(
            stateName,
            grainId,
            tables => tables.TryWrite(key, current, next, data.Span) ? null : Inconsistent(key, current, tables),
            cancellationToken);
        ThrowIf(conflict);
        grainState.ETag = next;
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var key = Key(stateName, grainId);
        var current = grainState.ETag;
        var conflict = await RunAsync(stateName, grainId, Clear, cancellationToken);
        ThrowIf(conflict);
        Empty(grainState);

        // A record that is already gone is cleared; one that is not the caller's is not.
        InconsistentStateException? Clear(SnapshotTables tables) =>
            (current is not null && tables.TryDelete(key, current)) || tables.Read(key) is null ? null : Inconsistent(key, current, tables);
    }

    private static void ThrowIf(InconsistentStateException? conflict)
    {
        if (conflict is not null)
        {
            throw conflict;
        }
    }

    private static InconsistentStateException Inconsistent(in SnapshotKey key, string? etag, SnapshotTables tables) =>
        new($"The snapshot '{key.State}' of {key.Grain} is not the one last read.", tables.Read(key)?.ETag ?? "none", etag ?? "none");

    private SnapshotKey Key(string stateName, GrainId grainId) => new(_provider, stateName, grainId.ToString());

    private void Empty<T>(IGrainState<T> grainState)
    {
        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = _activators.GetActivator<T>().Create();
    }

    private T Deserialize<T>(string stateName, GrainId grainId, StoredSnapshot stored)
    {
        Exception? cause = null;
        if (stored.IsIntact)
        {
            try
            {
                return _serializer.Deserialize<T>(stored.Data) ?? _activators.GetActivator<T>().Create();
            }
#pragma warning disable CA1031 // What a serializer throws is its own affair; to the grain it is one case.
            catch (Exception error)
#pragma warning restore CA1031
            {
                cause = error;
            }
        }

        throw new SnapshotException(SnapshotFailure.Unreadable, stateName, grainId, cause);
    }

    private async Task<TResult> RunAsync<TResult>(string stateName, GrainId grainId, Func<SnapshotTables, TResult> work, CancellationToken cancellationToken)
    {
        try
        {
            return await _file.RunAsync(work, cancellationToken);
        }
        catch (SqliteException error)
        {
            var damaged = error.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;
            throw new SnapshotException(damaged ? SnapshotFailure.Unreadable : SnapshotFailure.Unavailable, stateName, grainId, error);
        }
    }
}
