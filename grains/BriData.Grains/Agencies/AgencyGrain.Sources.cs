using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Grains.Registry;
using BriData.Grains.Rules;
using BriData.Grains.Transfers;
using BriData.Policy.Classification;
using BriData.Policy.Decisions;

namespace BriData.Grains.Agencies;

/// <content>What a data set inherits from those it was derived from, so that no grade is lowered on the way (I7).</content>
internal sealed partial class AgencyGrain
{
    private const int MaxSources = 50;

    public async Task<Reply<InheritedClassification>> GetSourceAsync(string slug)
    {
        var scheme = await SchemeAsync();
        return scheme.IsOk ? Source(slug, scheme.Value) : scheme.Refusal;
    }

    /// <summary>What the document's sources give together; null when it names none.</summary>
    private async Task<Reply<InheritedClassification?>> InheritAsync(DataSetDocument document, ClassificationScheme scheme)
    {
        var sources = document.DerivedFrom ?? [];
        if (sources.Length > MaxSources)
        {
            return InvalidSource($"At most {MaxSources} data sets are named.");
        }

        InheritedClassification? all = null;
        foreach (var source in sources)
        {
            var one = await SourceAsync(source, scheme);
            if (!one.IsOk)
            {
                return one.Refusal;
            }

            all = all is null ? one.Value : DataSetReader.Combine(all, one.Value);
        }

        if (all is not null && scheme.TryGetMark(document.Mark, out var mark) && mark.Level < DataSetReader.Level(all.MinLevel))
        {
            var enough = scheme.Marks.Where(m => m.Level >= DataSetReader.Level(all.MinLevel)).Select(m => m.Code);
            return new Refusal(
                ErrorCodes.ClassificationLowered,
                $"'{document.Mark}' is {mark.Level.ToCode()}, but what the data was derived from is {all.MinLevel}. Marks that do: {string.Join(", ", enough)}.");
        }

        return new Reply<InheritedClassification?>(all, null);
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
        if (!State.DataSets.TryGetValue(slug, out var dataSet))
        {
            return new Refusal(ErrorCodes.UnknownDataSet, $"There is no data set '{Id}/{slug}'.");
        }

        var profile = DataSetReader.Read(View(slug, dataSet, null), State.Document!, scheme);
        var own = scheme.TryGetMark(profile.Mark, out var mark) ? mark.Level : SecurityLevel.Top;
        return DataSetReader.ToInherit(profile, NeutralLevels.Strictest(own, null, profile.MinLevel), null);
    }

    private static Refusal InvalidSource(string message) => new(ErrorCodes.InvalidField, message)
    {
        Fields = [new FieldProblem("derivedFrom", ErrorCodes.InvalidField, message)],
    };
}
