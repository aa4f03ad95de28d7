using Orleans.Storage;

namespace BriData.Gateway.CrashHost.Storage;

/// <summary>Snapshots whose writing may be the process's last act.</summary>
internal sealed class MortalGrainStorage(IGrainStorage inner, MortalStorage storage) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        storage.WriteAsync($"snapshot of {grainId}", () => inner.WriteStateAsync(stateName, grainId, grainState), Dead);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        storage.WriteAsync($"snapshot of {grainId} cleared", () => inner.ClearStateAsync(stateName, grainId, grainState), Dead);

    private static IOException Dead() => new("The process is dead.");
}
