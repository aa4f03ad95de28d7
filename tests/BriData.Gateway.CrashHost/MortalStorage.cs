using System.Collections.Concurrent;
using BriData.Ledger;
using BriData.Ledger.Storage;

namespace BriData.Gateway.CrashHost;

/// <summary>
/// The storage calls of a gateway's life, and their end. Once dead, no call reaches the storage and none that was
/// under way is answered, as if the process were gone: what its callers then do with the failure reaches nobody.
/// </summary>
/// <param name="decide">Asked before each writing call, with its name and its number from one, never twice at a time.</param>
/// <param name="kill">Ends the process, or tells the test that this life is over.</param>
internal sealed class MortalStorage(Func<string, int, Death> decide, Action kill)
{
    private readonly Lock _gate = new();
    private int _calls;
    private int _life;

    /// <summary>True once a call was the last one.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Heads that the store has acknowledged to the living, the latest of each ledger.</summary>
    public ConcurrentDictionary<LedgerId, LedgerHead> Acknowledged { get; } = new();

    /// <summary>Heads that some append would lead to; a stored head is one of these, or no entry was ever stored.</summary>
    public ConcurrentDictionary<LedgerHead, byte> Attempted { get; } = new();

    /// <summary>Runs a call that writes, unless the end comes before it; after it, its answer is lost if the end came meanwhile.</summary>
    /// <param name="name">What the call does.</param>
    /// <param name="call">The call.</param>
    /// <param name="dead">What the caller gets from storage that is no more.</param>
    public async Task<T> WriteAsync<T>(string name, Func<Task<T>> call, Func<Exception> dead)
    {
        var (death, life) = Begin(name, dead);
        var result = await call();
        lock (_gate)
        {
            if (death == Death.After)
            {
                Die();
            }

            return IsDead || life != _life ? throw dead() : result;
        }
    }

    /// <summary>Begins another life over the same storage. Nobody of the one before may be left.</summary>
    public void Revive()
    {
        lock (_gate)
        {
            IsDead = false;
            _life++;
        }
    }

    /// <inheritdoc cref="WriteAsync{T}(string, Func{Task{T}}, Func{Exception})"/>
    public Task WriteAsync(string name, Func<Task> call, Func<Exception> dead) => WriteAsync(
        name,
        async () =>
        {
            await call();
            return true;
        },
        dead);

    private (Death Death, int Life) Begin(string name, Func<Exception> dead)
    {
        lock (_gate)
        {
            if (IsDead)
            {
                throw dead();
            }

            var death = decide(name, ++_calls);
            if (death == Death.Before)
            {
                Die();
                throw dead();
            }

            return (death, _life);
        }
    }

    private void Die()
    {
        IsDead = true;
        kill();
    }
}
