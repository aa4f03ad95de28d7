using System.Globalization;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Grains.EventSourcing;
using BriData.Identity;
using BriData.Ledger.Storage;
using BriData.Policy.RulePacks;
using Orleans.Concurrency;

namespace BriData.Grains.Registry;

/// <summary>Lists over countries and agencies, read from the grains that own them.</summary>
[GrainType("bridata.registry"), StatelessWorker]
internal sealed class RegistryGrain(ICallerVerifier callers, ILedgerStore store, ILedgerUpkeep upkeep) : Grain, IRegistryGrain
{
    private const int MaxLimit = 500;

    public async Task<Reply<CountryPage>> ListCountriesAsync(string? after, int limit, bool membersOnly)
    {
        if (limit is < 1 or > MaxLimit)
        {
            return LimitRefusal();
        }

        var countries = await MemberCountriesAsync("country");
        if (!countries.IsOk)
        {
            return countries.Refusal;
        }

        var members = countries.Value.ToHashSet(StringComparer.Ordinal);
        var items = new List<CountryView>();
        foreach (var iso in IsoCountries.All)
        {
            if (string.CompareOrdinal(iso.Code, after) <= 0 || (membersOnly && !members.Contains(iso.Code)))
            {
                continue;
            }

            if (items.Count == limit)
            {
                return new CountryPage([.. items], items[^1].Code);
            }

            if (!members.Contains(iso.Code))
            {
                items.Add(new CountryView(iso.Code, iso.Alpha3, iso.Names, false, null, null, []));
                continue;
            }

            var view = await GrainFactory.GetGrain<ICountryGrain>(iso.Code).GetAsync();
            if (!view.IsOk)
            {
                return view.Refusal;
            }

            items.Add(view.Value);
        }

        return new CountryPage([.. items], null);
    }

    public async Task<Reply<string>> GetSeatAsync(string jurisdiction)
    {
        if (jurisdiction == EuropeanUnion.Code)
        {
            var members = await MemberCountriesAsync("country");
            if (!members.IsOk)
            {
                return members.Refusal;
            }

            foreach (var country in members.Value.Where(EuropeanUnion.IsMember))
            {
                // One that cannot be read now may be the first; that is not told by passing it over.
                var view = await GrainFactory.GetGrain<ICountryGrain>(country).GetAsync();
                if (!view.IsOk)
                {
                    return Unnamed(view.Refusal);
                }

                if (view.Value.RulePack is not null)
                {
                    return country;
                }
            }

            return new Refusal(ErrorCodes.RulePackMissing, "No member of the European Union has its rule pack in force here.");
        }

        return jurisdiction.Length >= 2 && IsoCountries.Contains(jurisdiction[..2]) && (jurisdiction.Length == 2 || jurisdiction[2] == '-')
            ? jurisdiction[..2]
            : new Refusal(ErrorCodes.UnknownCountry, $"'{jurisdiction}' is neither an ISO 3166-1 alpha-2 code, a part of a country, nor EU.");
    }

    public async Task<Reply<DataSetPage>> ListDataSetsAsync(Caller caller, string? after, int limit, string? text)
    {
        if (limit is < 1 or > MaxLimit)
        {
            return LimitRefusal();
        }

        var verification = await callers.VerifyAsync(caller.Token);
        if (verification.Identity is not { } who)
        {
            return new Refusal(verification.Code!, verification.Text!);
        }

        if ((await GrainFactory.GetGrain<ICountryGrain>(who.Country).CheckStandingAsync(caller)).Refusal is { } refusal)
        {
            return refusal;
        }

        var countries = await MemberCountriesAsync("country", "agency");
        if (!countries.IsOk)
        {
            return countries.Refusal;
        }

        var found = new List<DataSetView>();
        foreach (var country in countries.Value)
        {
            var members = await GrainFactory.GetGrain<ICountryPeer>(country).GetMembersAsync();
            if (!members.IsOk)
            {
                return Unnamed(members.Refusal, country, who);
            }

            foreach (var slug in members.Value.Agencies)
            {
                var list = await GrainFactory.GetGrain<IAgencyPeer>($"{country}/{slug}").ListDataSetsAsync(who.Country);
                if (!list.IsOk)
                {
                    return Unnamed(list.Refusal, country, who);
                }

                found.AddRange(list.Value.Items.Where(d => string.CompareOrdinal(d.Id, after) > 0 && Matches(d, text)));
            }
        }

        found.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
        return found.Count <= limit
            ? new DataSetPage([.. found], null)
            : new DataSetPage([.. found.Take(limit)], found[limit - 1].Id);
    }

    /// <summary>What is wrong with another country's ledgers is not for the caller to know (I10), only that the answer would lack something.</summary>
    private static Refusal Unnamed(Refusal refusal, string country, CallerIdentity who) =>
        country == who.Country ? refusal : Unnamed(refusal);

    private static Refusal Unnamed(Refusal refusal) => new(refusal.Code, "A part of what is asked for cannot be read now. Repeat the request.");

    private static bool Matches(DataSetView dataSet, string? text) =>
        string.IsNullOrWhiteSpace(text)
        || dataSet.Id.Contains(text, StringComparison.OrdinalIgnoreCase)
        || dataSet.Document.Title.Values.Any(t => t is not null && CultureInfo.InvariantCulture.CompareInfo.IndexOf(t, text, CompareOptions.IgnoreCase) >= 0);

    private static Refusal LimitRefusal() => new(ErrorCodes.InvalidField, $"limit is 1 to {MaxLimit}.");

    /// <summary>
    /// Countries that have a ledger, in order of code. Refused while a ledger of the kinds from which the answer is made is known to be
    /// damaged, or one has lost its name: a country might not be listed, and what is told might lack its last entries.
    /// </summary>
    private async Task<Reply<List<string>>> MemberCountriesAsync(params string[] kinds)
    {
        var members = new List<string>();
        try
        {
            await foreach (var head in store.ListAsync())
            {
                if (head.Ledger.Kind == "country")
                {
                    members.Add(head.Ledger.Name);
                }
            }
        }
        catch (LedgerStoreException e)
        {
            // The list is of all ledgers.
            return LedgerRefusals.Unnamed(e.Reason);
        }

        // INVARIANT: behind the list, since listing may find damage.
        return upkeep.KnownDamage().Any(d => d.Ledger == default || kinds.Contains(d.Ledger.Kind))
            ? LedgerRefusals.Unnamed(LedgerStoreFailure.Corrupt)
            : members;
    }
}
