using System.Text.Json;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Entries;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Entries.Transfers;
using BriData.Policy.Classification;

namespace BriData.Grains.Agencies;

/// <content>What a data set inherits from those it was derived from, so that no grade is lowered on the way (I7).</content>
internal sealed partial class AgencyGrain
{
    private const int MaxSources = 50;

    // With the document and the agency's own it must fit into one entry of an agreement's ledger.
    private const int MaxInheritedBytes = 8_000;

    public async Task<Reply<InheritedClassification>> GetSourceAsync(string slug)
    {
        var scheme = await SchemeAsync();
        if (!scheme.IsOk)
        {
            return scheme.Refusal;
        }

        var source = Source(slug, scheme.Value);
        return await CommittedStateAsync() is { } unavailable ? unavailable : source;
    }

    /// <summary>
    /// What the data set inherits: what its sources give, and what it inherited before, so that declaring it again frees it of
    /// nothing. Null when it was never derived.
    /// </summary>
    private async Task<Reply<InheritedClassification?>> InheritAsync(string slug, DataSetDocument document, ClassificationScheme scheme)
    {
        var sources = document.DerivedFrom ?? [];
        if (sources.Length > MaxSources || sources.Distinct().Count() != sources.Length)
        {
            return InvalidSource($"At most {MaxSources} data sets are named, each once.");
        }

        var existing = State.DataSets.GetValueOrDefault(slug);
        var all = existing?.Inherited;
        foreach (var source in sources)
        {
            // What was received once stays received; only data of the own country may have been raised since.
            if (source.Transfer is not null && existing?.Document.DerivedFrom?.Contains(source) == true)
            {
                continue;
            }

            var one = await SourceAsync(source, scheme);
            if (!one.IsOk)
            {
                return one.Refusal;
            }

            all = all is null ? one.Value : DataSetReader.Combine(all, one.Value);
        }

        return all is null ? new Reply<InheritedClassification?>(null, null) : Check(slug, document, scheme, all);
    }

    private Reply<InheritedClassification?> Check(string slug, DataSetDocument document, ClassificationScheme scheme, InheritedClassification inherited)
    {
        // The strictest mark counts, of the data set or of a field.
        var declared = DataSetReader.Read(new DataSetView($"{Id}/{slug}", document, 0, null), State.Document!, scheme).Mark;
        if (scheme.TryGetMark(declared, out var mark) && mark.Level < DataSetReader.Level(inherited.MinLevel))
        {
            var enough = scheme.Marks.Where(m => m.Level >= DataSetReader.Level(inherited.MinLevel)).Select(m => m.Code);
            return new Refusal(
                ErrorCodes.ClassificationLowered,
                $"'{declared}' is {mark.Level.ToCode()}, but what the data was derived from is {inherited.MinLevel}. Marks that do: {string.Join(", ", enough)}.");
        }

        return JsonSerializer.SerializeToUtf8Bytes(inherited, EventJson.Default.InheritedClassification).Length > MaxInheritedBytes
            ? new Refusal(ErrorCodes.BodyTooLarge, $"What a data set inherits has at most {MaxInheritedBytes} bytes; derive it from fewer.")
            : inherited;
    }

    private async Task<Reply<InheritedClassification>> SourceAsync(DataSetSource source, ClassificationScheme scheme)
    {
        if (!Identifiers.IsDataSet(source.Dataset))
        {
            return InvalidSource($"'{source.Dataset}' is not a data set identifier.");
        }

        var (owner, slug) = (Identifiers.AgencyOf(source.Dataset), source.Dataset[(source.Dataset.LastIndexOf('/') + 1)..]);
        if (source.Dataset.StartsWith(Country, StringComparison.Ordinal))
        {
            return source.Transfer is not null ? InvalidSource("A data set of the own country is named without a transfer.")
                : owner == Id ? Source(slug, scheme)
                : await GrainFactory.GetGrain<IAgencyPeer>(owner).GetSourceAsync(slug);
        }

        return source.Transfer is { } id && TransferId.TryParse(id, out var transfer)
            ? await GrainFactory.GetGrain<IAgreementPeer>(transfer.Agreement).GetReceivedAsync(transfer.Number, source.Dataset, Id)
            : InvalidSource($"'{source.Dataset}' is of another country; the transfer by which it was received must be named.");
    }

    private Reply<InheritedClassification> Source(string slug, ClassificationScheme scheme)
    {
        return State.DataSets.TryGetValue(slug, out var dataSet)
            ? DataSetReader.ToInherit(DataSetReader.Read(View(slug, dataSet, null), State.Document!, scheme), null, null)
            : new Refusal(ErrorCodes.UnknownDataSet, $"There is no data set '{Id}/{slug}'.");
    }

    private static Refusal InvalidSource(string message) => Refusal.OfField("derivedFrom", ErrorCodes.InvalidField, message);
}
