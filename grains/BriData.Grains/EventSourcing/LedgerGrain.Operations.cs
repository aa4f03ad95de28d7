using System.Text;
using BriData.Contracts;
using BriData.Entries.Events;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Storage;

namespace BriData.Grains.EventSourcing;

/// <content>Same request once (I5).</content>
internal abstract partial class LedgerGrain<TState>
{
    private readonly Dictionary<Hash256, Task> _running = [];

    /// <summary>
    /// Runs <paramref name="act"/> unless an entry with this operation's key is recorded, in which case the answer is made
    /// from that entry. Repetitions that arrive while the first one runs wait for it.
    /// </summary>
    /// <param name="who">The caller; the same key of another caller is another operation.</param>
    /// <param name="operation">Key and fingerprint.</param>
    /// <param name="act">Does the work and appends its entry with the given key and <see cref="OperationMarks.Of"/> as its <see cref="LedgerEvent.Fingerprint"/>.</param>
    /// <param name="replay">Makes the answer again from the recorded entry.</param>
    protected Task<Reply<T>> OnceAsync<T>(
        CallerIdentity who,
        Operation operation,
        Func<Hash256, Task<Reply<T>>> act,
        Func<LedgerEvent, StoredEntry, Task<Reply<T>>> replay) =>
        OnceAsync(KeyOf(who.Country, who.Agency, who.Subject, operation.Key), operation, act, replay);

    /// <summary>Likewise, for a key that <see cref="KeyOf"/> made.</summary>
    protected async Task<Reply<T>> OnceAsync<T>(
        Hash256 key,
        Operation operation,
        Func<Hash256, Task<Reply<T>>> act,
        Func<LedgerEvent, StoredEntry, Task<Reply<T>>> replay)
    {
        while (_running.TryGetValue(key, out var first))
        {
            await first;
        }

        var done = new TaskCompletionSource();
        _running.Add(key, done.Task);
        try
        {
            if (Unavailable is { } refusal)
            {
                return refusal;
            }

            var recorded = await services.Store.FindByKeyAsync(Ledger, key.ToArray());
            if (recorded is not { } index)
            {
                return IsBusy ? new Refusal(ErrorCodes.Busy, "Too many requests wait for this ledger.") : await act(key);
            }

            var stored = (await ReadEntryAsync(index))!.Value;
            var entry = EventDecoder.Decode(stored.Body);
            return entry.Fingerprint == services.Operations.Of(operation)
                ? await replay(entry, stored)
                : new Refusal(ErrorCodes.IdempotencyKeyReused, "The Idempotency-Key was used for another request.");
        }
        catch (Exception e) when (e is LedgerStoreException or UnreadableEntryException)
        {
            return LedgerRefusals.From(e);
        }
        finally
        {
            _running.Remove(key);
            done.SetResult();
        }
    }

    /// <summary>True while an operation with this key runs.</summary>
    protected bool IsRunning(Hash256 key) => _running.ContainsKey(key);

    /// <summary>The ledger key of an operation: the same key of another person, or of another country, is another operation.</summary>
    protected static Hash256 KeyOf(string country, string? agency, string person, string key) =>
        Hash256.OfSha256(Encoding.UTF8.GetBytes($"{country}\0{agency}\0{person}\0{key}"));
}
