using System.Collections.Concurrent;

namespace BriData.Identity.Caching;

/// <summary>
/// Tokens by their full text, bounded in number and in characters. Reads take no lock and allocate nothing; writes take
/// one lock. When full, the clock hand drops what has expired or was not read since it last passed.
/// </summary>
internal sealed class TokenCache(int capacity, long maximumCharacters, IEqualityComparer<string> comparer, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TokenCacheEntry> _entries = new(comparer);
    private readonly Lock _gate = new();
    private readonly List<TokenCacheEntry?> _slots = [];
    private readonly Stack<int> _freeSlots = new();
    private long _characters;
    private long _epoch;
    private int _hand;

    /// <summary>Changes when entries are removed by <see cref="RemoveIssuer"/>.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    public int Count => _slots.Count - _freeSlots.Count;

    public long Characters => _characters;

    public bool TryGet(string token, out CallerVerification outcome)
    {
        if (_entries.TryGetValue(token, out var entry) && time.GetUtcNow() < entry.Until)
        {
            if (!entry.Used)
            {
                entry.Used = true;
            }

            outcome = entry.Outcome;
            return true;
        }

        outcome = default;
        return false;
    }

    /// <summary>
    /// Remembers an outcome, unless the token cannot fit or <see cref="RemoveIssuer"/> ran since <paramref name="epoch"/>
    /// was read: what was found out before an issuer was dropped must not come back after it.
    /// </summary>
    public void Add(TokenCacheEntry entry, long epoch)
    {
        lock (_gate)
        {
            if (epoch != _epoch || entry.Token.Length > maximumCharacters)
            {
                return;
            }

            if (_entries.TryGetValue(entry.Token, out var present))
            {
                Remove(present);
            }

            while (Count >= capacity || _characters + entry.Token.Length > maximumCharacters)
            {
                Remove(NextVictim());
            }

            if (!_freeSlots.TryPop(out var slot))
            {
                slot = _slots.Count;
                _slots.Add(null);
            }

            entry.Slot = slot;
            _slots[slot] = entry;
            _entries[entry.Token] = entry;
            _characters += entry.Token.Length;
        }
    }

    /// <summary>Removes all entries of an issuer and bars additions that were begun before.</summary>
    public int RemoveIssuer(string issuer)
    {
        lock (_gate)
        {
            Volatile.Write(ref _epoch, _epoch + 1);
            var removed = 0;
            for (var slot = 0; slot < _slots.Count; slot++)
            {
                if (_slots[slot] is { } entry && string.Equals(entry.Issuer, issuer, StringComparison.Ordinal))
                {
                    Remove(entry);
                    removed++;
                }
            }

            return removed;
        }
    }

    private TokenCacheEntry NextVictim()
    {
        // Ends: there is at least one entry, and a full round clears every mark that no reader sets again meanwhile;
        // the second bound holds against readers that do.
        var now = time.GetUtcNow();
        TokenCacheEntry? victim = null;
        for (var step = 0; step < 2 * _slots.Count; step++)
        {
            _hand = _hand + 1 < _slots.Count ? _hand + 1 : 0;
            if (_slots[_hand] is not { } entry)
            {
                continue;
            }

            victim = entry;
            if (!entry.Used || now >= entry.Until)
            {
                break;
            }

            entry.Used = false;
        }

        return victim ?? throw new InvalidOperationException("The cache has no entry to drop.");
    }

    private void Remove(TokenCacheEntry entry)
    {
        _entries.TryRemove(entry.Token, out _);
        _slots[entry.Slot] = null;
        _freeSlots.Push(entry.Slot);
        _characters -= entry.Token.Length;
    }
}
