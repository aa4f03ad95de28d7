using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Entries;
using BriData.Entries.Agencies;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger;
using BriData.Policy.Classification;

namespace BriData.Grains.Agencies;

/// <content>The agency's data sets.</content>
internal sealed partial class AgencyGrain
{
    public async Task<Reply<DataSetView>> PutDataSetAsync(Caller caller, Operation operation, string slug, DataSetDocument document, int? ifMatch)
    {
        if (!Identifiers.IsSlug(slug))
        {
            return new Refusal(ErrorCodes.InvalidField, $"'{slug}' cannot name a data set: 1 to 48 characters of a-z, 0-9 and '-'.");
        }

        var officer = await RecognisedAsync(caller, who => who.Roles.HasFlag(CallerRoles.Admin) ? Rights.OfCountry(who, Country) : Rights.OfAgency(who, Id));
        return officer.IsOk ? await OnceAsync(officer.Value, operation, Put, (_, _) => PublishedDataSetAsync(slug)) : officer.Refusal;

        async Task<Reply<DataSetView>> Put(Hash256 key)
        {
            if (State.Document is null)
            {
                return UnknownAgency();
            }

            var current = State.DataSets.TryGetValue(slug, out var existing) ? existing.Version : 0;
            if (ifMatch is { } expected && expected != current)
            {
                return new Refusal(ErrorCodes.PreconditionFailed, $"The data set is at version {current}.");
            }

            var scheme = await SchemeAsync();
            if (!scheme.IsOk)
            {
                return scheme.Refusal;
            }

            var checkedDocument = AgencyChecks.DataSet(document, scheme.Value);
            if (!checkedDocument.IsOk)
            {
                return checkedDocument.Refusal;
            }

            var inherited = await InheritAsync(slug, checkedDocument.Value, scheme.Value);
            if (!inherited.IsOk)
            {
                return inherited.Refusal;
            }

            var receipt = await AppendAsync(Event(officer.Value, operation, new DataSetPut(slug, checkedDocument.Value, inherited.Value), $"{Id}/{slug}"), key);
            return await RecordedAsync(receipt, () => PublishedDataSetAsync(slug));
        }
    }

    public async Task<Reply<DataSetList>> ListDataSetsAsync(string viewerCountry)
    {
        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        // I10: what a country may not see is not even counted.
        var linked = viewerCountry == Country || State.Agreements.Values.Any(parties => parties.Contains(viewerCountry, StringComparer.Ordinal));
        return new DataSetList([.. State.DataSets
            .Where(d => linked || d.Value.Document.Visibility == "members")
            .Select(d => View(d.Key, d.Value, null))]);
    }

    private async Task<Reply<DataSetView>> PublishedDataSetAsync(string slug)
    {
        if (await PublishIfDueAsync() is { } pending)
        {
            return pending;
        }

        var state = State.DataSets[slug];
        var entry = (await ReadEntryAsync(state.LastIndex))!.Value;
        return View(slug, state, ReceiptOf(entry.Index, entry.LeafHash));
    }

    private DataSetView View(string slug, DataSetState state, ReceiptReference? receipt) =>
        new($"{Id}/{slug}", state.Document, state.Version, receipt, state.Inherited);

    private async Task<Reply<ClassificationScheme>> SchemeAsync()
    {
        var scheme = await GrainFactory.GetGrain<ICountryGrain>(Country).GetSchemeAsync();
        return scheme.IsOk ? ClassificationScheme.Parse(scheme.Value.Document.Utf8.Span).Scheme! : scheme.Refusal;
    }
}
