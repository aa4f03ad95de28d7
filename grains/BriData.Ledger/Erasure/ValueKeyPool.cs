namespace BriData.Ledger.Erasure;

/// <summary>
/// Keys that are on durable storage and not given out yet. They are made in the background in batches that double under
/// demand, so that a taker waits for no disk, and a process that takes few keys leaves few unused behind.
/// </summary>
/// <param name="make">Makes a batch of this many keys and returns them once they are durable.</param>
public sealed class ValueKeyPool(Func<int, Task<ValueKey[]>> make)
{
    /// <summary>Most keys made at once. At most this many and those of one batch in the making are ever unused.</summary>
    public const int LargestBatch = 1024;

    private const int SmallestBatch = 64;

    private readonly Lock _lock = new();
    private readonly Queue<ValueKey> _keys = new();
    private int _batch = SmallestBatch;
    private Task? _refill;

    /// <summary>A key nobody was given before. What making it throws reaches the taker who finds none left.</summary>
    public ValueTask<ValueKey> TakeAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var taken = _keys.TryDequeue(out var key);
            if (_keys.Count < _batch)
            {
                _refill ??= RefillAsync(_batch);
            }

            return taken ? new ValueTask<ValueKey>(key!) : new ValueTask<ValueKey>(WaitAsync(_refill!, cancellationToken));
        }
    }

    private async Task<ValueKey> WaitAsync(Task refill, CancellationToken cancellationToken)
    {
        while (true)
        {
            await refill.WaitAsync(cancellationToken);
            lock (_lock)
            {
                if (_keys.TryDequeue(out var key))
                {
                    return key;
                }

                // Others were faster.
                refill = _refill ??= RefillAsync(_batch);
            }
        }
    }

    private async Task RefillAsync(int count)
    {
        // Off the taker's thread and lock. A failure reaches whoever waits; the next taker begins anew.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        ValueKey[] made;
        try
        {
            made = await make(count).ConfigureAwait(false);
        }
        catch
        {
            lock (_lock)
            {
                _refill = null;
            }

            throw;
        }

        lock (_lock)
        {
            foreach (var key in made)
            {
                _keys.Enqueue(key);
            }

            _batch = Math.Min(2 * _batch, LargestBatch);
            _refill = null;
        }
    }
}
