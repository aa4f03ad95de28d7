using System.Collections.Immutable;
using BriData.Contracts.Countries;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Grains.Countries;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Ledger.Witnesses;
using Microsoft.Extensions.Logging;

namespace BriData.Grains.Witnesses;

/// <summary>
/// Follows the ledgers of all countries: a country's witnesses are those of its own ledger, of its agencies' and, each party
/// as a group of its own, of its agreements'. Reads entries and calls no grain, so that nothing is woken for a witness's sake.
/// A country whose ledger cannot be read keeps the witnesses that were read last, and holds up no other.
/// </summary>
internal sealed partial class CountryWitnessPolicies(ILedgerStore store, IFoundingIssuers founding, ILogger<CountryWitnessPolicies> logger) : IWitnessPolicies
{
    private readonly Dictionary<string, Followed> _countries = new(StringComparer.Ordinal);
    private ImmutableDictionary<LedgerId, WitnessPolicy> _current = ImmutableDictionary<LedgerId, WitnessPolicy>.Empty;
    private bool _changed;

    public async Task<IReadOnlyDictionary<LedgerId, WitnessPolicy>> CurrentAsync(CancellationToken cancellationToken = default)
    {
        foreach (var country in founding.Countries)
        {
            if (!_countries.TryGetValue(country, out var followed))
            {
                _countries[country] = followed = new Followed();
            }

            try
            {
                await FollowAsync(country, followed, cancellationToken);
                if (followed.Unread)
                {
                    followed.Unread = false;
                    LogReadAgain(logger, country);
                }
            }
            catch (LedgerStoreException e)
            {
                // When it begins, and not each time that somebody asks.
                if (!followed.Unread)
                {
                    followed.Unread = true;
                    LogNotRead(logger, e, country);
                }
            }
        }

        if (_changed)
        {
            _current = Combine();
            _changed = false;
        }

        return _current;
    }

    private async Task FollowAsync(string country, Followed followed, CancellationToken cancellationToken)
    {
        var ledger = LedgerId.Parse($"country/{country}");
        var head = await store.GetHeadAsync(ledger, cancellationToken);
        if (head.Size <= followed.Size)
        {
            return;
        }

        await foreach (var entry in store.ReadAsync(ledger, followed.Size, head.Size, cancellationToken))
        {
            // With each entry: what was read before a failure is not seen again.
            var before = followed.Named;
            try
            {
                followed.State.Apply(EventDecoder.Decode(entry.Body), entry.Index);
            }
            catch (UnreadableEntryException e)
            {
                throw new LedgerStoreException(ledger, LedgerStoreFailure.Corrupt, $"Entry {entry.Index} cannot be read.", e);
            }

            followed.Size = entry.Index + 1;
            _changed |= followed.Named != before;
        }
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

    [LoggerMessage(2201, LogLevel.Error, "The witnesses of {Country} cannot be read; those that were read last stay, and it is tried again")]
    private static partial void LogNotRead(ILogger logger, Exception exception, string country);

    [LoggerMessage(2202, LogLevel.Information, "The witnesses of {Country} can be read again")]
    private static partial void LogReadAgain(ILogger logger, string country);

    private sealed class Followed
    {
        public CountryState State { get; } = new();

        /// <summary>Differs after every change that policies depend on.</summary>
        public (WitnessList?, int, int) Named => (State.Witnesses, State.Agencies.Count, State.Agreements.Count);

        public long Size { get; set; }

        /// <summary>Whether the ledger could not be read the last time.</summary>
        public bool Unread { get; set; }
    }
}
