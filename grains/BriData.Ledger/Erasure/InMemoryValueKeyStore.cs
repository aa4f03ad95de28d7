using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace BriData.Ledger.Erasure;

/// <summary>Keys in this process's memory, for tests and trials. Nothing outlives the object.</summary>
public sealed class InMemoryValueKeyStore : IValueKeyStore
{
    private const int NameBytes = 11;

    private readonly ConcurrentDictionary<string, ValueKeyLookup> _keys = new();

    /// <inheritdoc/>
    public ValueTask<ValueKey> TakeAsync(CancellationToken cancellationToken = default)
    {
        var key = new ValueKey(RandomNumberGenerator.GetHexString(2 * NameBytes, lowercase: true), RandomNumberGenerator.GetBytes(ValueKey.SecretBytes));
        _keys[key.Id] = new ValueKeyLookup(key, null);
        return ValueTask.FromResult(key);
    }

    /// <inheritdoc/>
    public Task<ValueKeyLookup> FindAsync(string id, CancellationToken cancellationToken = default) =>
        Task.FromResult(_keys.GetValueOrDefault(id));

    /// <inheritdoc/>
    public Task EraseAsync(IReadOnlyCollection<string> ids, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var tombstone = new ValueKeyLookup(null, DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()));
        foreach (var id in ids)
        {
            if (_keys.TryGetValue(id, out var found) && found.Key is not null)
            {
                _keys.TryUpdate(id, tombstone, found);
            }
        }

        return Task.CompletedTask;
    }
}
