using System.Collections.Immutable;
using System.Text.Json;
using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Entries.Events;

namespace BriData.Entries.Countries;

/// <summary>
/// What a country tells its agreements. It enters their ledgers whole, in one entry, so it must not grow with the country's
/// history: a law that no decision of today or later can look at is left out.
/// </summary>
internal static class CountryContexts
{
    /// <summary>Most bytes of a context. Leaves room in its entry for the envelope, and for the revocation of every key.</summary>
    public const int MaxBytes = 60_000;

    /// <param name="country">The country.</param>
    /// <param name="state">Its state.</param>
    /// <param name="today">Today, UTC.</param>
    public static CountryContext Of(string country, CountryState state, DateOnly today) => new(
        country,
        state.ChangedAsOf,
        [.. state.Issuers.Select(i => i.Issuer)],
        state.SchemeDigest,
        [.. Governing(state, today).Select(p => InForce(state.Pack(p.Version)!, p))],
        state.Witnesses,
        Keys(state));

    /// <summary>Null unless an act would leave the country with more than agreements can be told.</summary>
    /// <param name="act">The act. A revocation is always taken: it must reach the agreements.</param>
    /// <param name="before">The fold of all entries before it; stays as it is.</param>
    /// <param name="country">The country.</param>
    public static Refusal? Check(LedgerEvent act, CountryState before, string country)
    {
        if (act.Data is CountryKeyRevoked)
        {
            return null;
        }

        var after = JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(before, CountryState.JsonType), CountryState.JsonType)!;
        after.Apply(act, after.ChangedAsOf);
        var context = Of(country, after, DateOnly.FromDateTime(act.At.UtcDateTime));
        var size = JsonSerializer.SerializeToUtf8Bytes(context, EventJson.Default.CountryContext).Length;
        return size <= MaxBytes
            ? null
            : new Refusal(ErrorCodes.BodyTooLarge, $"With this, issuers, witnesses, keys and the rule packs in force have {size} bytes; agreements can be told at most {MaxBytes}.");
    }

    // Per part and first day the one decided last, which alone governs; of those the one that governs, and all of later days.
    // What governed yesterday counts as well, since clocks differ around midnight.
    private static IEnumerable<RulePackPublication> Governing(CountryState state, DateOnly today)
    {
        var decisive = state.Publications.GroupBy(p => (state.Pack(p.Version)!.Part, p.From)).Select(g => g.Last()).ToLookup(p => state.Pack(p.Version)!.Part);
        return decisive
            .SelectMany(part => part.Where(p => p.From >= today || !part.Any(later => later.From > p.From && later.From < today)))
            .OrderBy(p => p.At);
    }

    private static PackInForce InForce(RulePackState pack, RulePackPublication publication) =>
        new(pack.Version, pack.Digest, publication.From, pack.Part);

    /// <summary>The keys that count or counted; null when there never was one.</summary>
    private static ImmutableArray<SigningKey>? Keys(CountryState state)
    {
        var keys = state.Keys.FindAll(k => k.Key.ConfirmedAt is not null);
        return keys.Count == 0 ? null : [.. keys.Select(k => k.Key)];
    }
}
