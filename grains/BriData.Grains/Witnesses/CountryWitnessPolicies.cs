using System.Collections.Immutable;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Grains.Countries;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Ledger.Witnesses;

namespace BriData.Grains.Witnesses;

/// <summary>
/// Follows the ledgers of all countries: a country's witnesses are those of its own ledger, of its agencies' and, each party
/// as a group of its own, of its agreements'. Reads entries and calls no grain, so that nothing is woken for a witness's sake.
/// </summary>
internal sealed class CountryWitnessPolicies(ILedgerStore store, IFoundingIssuers founding) : IWitnessPolicies
{
    private readonly Dictionary<string, Followed> _countries = new(StringComparer.Ordinal);
    private ImmutableDictionary<LedgerId, WitnessPolicy> _current = ImmutableDictionary<LedgerId, WitnessPolicy>.Empty;

    public async Task<IReadOnlyDictionary<LedgerId, WitnessPolicy>> CurrentAsync(CancellationToken cancellationToken = default)
    {
        var changed = false;
        foreach (var country in founding.Countries)
        {
            changed |= await FollowAsync(country, cancellationToken);
        }

        return changed ? _current = Combine() : _current;
    }

    private async Task<bool> FollowAsync(string country, CancellationToken cancellationToken)
    {
        var ledger = LedgerId.Parse($"country/{country}");
        if (!_countries.TryGetValue(country, out var followed))
        {
            _countries[country] = followed = new Followed();
        }

        var before = (followed.State.Witnesses, followed.State.Agencies.Count, followed.State.Agreements.Count);
        var head = await store.GetHeadAsync(ledger, cancellationToken);
        if (head.Size > followed.Size)
        {
            await foreach (var entry in store.ReadAsync(ledger, followed.Size, head.Size, cancellationToken))
            {
                try
                {
                    followed.State.Apply(EventDecoder.Decode(entry.Body), entry.Index);
                }
                catch (UnreadableEntryException e)
                {
                    throw new LedgerStoreException(ledger, LedgerStoreFailure.Corrupt, $"Entry {entry.Index} cannot be read.", e);
                }

                followed.Size = entry.Index + 1;
            }
        }

        return before != (followed.State.Witnesses, followed.State.Agencies.Count, followed.State.Agreements.Count);
    }

    private ImmutableDictionary<LedgerId, WitnessPolicy> Combine()
    {
        var groups = new Dictionary<LedgerId, ImmutableArray<WitnessGroup>>();
        foreach (var (country, followed) in _countries.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            if (WitnessChecks.GroupOf(country, followed.State.Witnesses) is not { } group)
            {
                continue;
            }

            var ledgers = followed.State.Agencies.Select(slug => $"agency/{country}.{slug}")
                .Concat(followed.State.Agreements.Select(id => $"agreement/{id}"))
                .Prepend($"country/{country}");
            foreach (var ledger in ledgers.Select(LedgerId.Parse))
            {
                groups[ledger] = groups.TryGetValue(ledger, out var others) ? others.Add(group) : [group];
            }
        }

        return groups.ToImmutableDictionary(g => g.Key, g => new WitnessPolicy(g.Value));
    }

    private sealed class Followed
    {
        public CountryState State { get; } = new();

        public long Size { get; set; }
    }
}
