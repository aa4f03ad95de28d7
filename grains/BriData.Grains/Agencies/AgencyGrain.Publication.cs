using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Grains.EventSourcing;

namespace BriData.Grains.Agencies;

/// <content>Telling agreements, before the reply leaves, of a changed standing or data set (I4).</content>
internal sealed partial class AgencyGrain
{
    private PublicationRetry? _retry;

    public async Task<Reply<AgencyContext>> LinkAgreementAsync(string agreement, ImmutableArray<string> parties)
    {
        if (Unavailable is { } refusal)
        {
            return refusal;
        }

        if (State.Document is null)
        {
            return UnknownAgency();
        }

        if (!State.Agreements.ContainsKey(agreement))
        {
            var receipt = await AppendAsync(new LedgerEvent { At = Now, Parties = [Country], Exporter = Id, Data = new AgreementLinked(agreement, parties) });
            if (!receipt.IsOk)
            {
                return receipt.Refusal;
            }
        }

        return await CommittedStateAsync() is { } unavailable ? unavailable : Context();
    }

    public async Task<Reply<bool>> UnlinkAgreementAsync(string agreement)
    {
        if (Unavailable is { } refusal)
        {
            return refusal;
        }

        if (!State.Agreements.ContainsKey(agreement))
        {
            return await CommittedStateAsync() is { } unavailable ? unavailable : true;
        }

        var receipt = await AppendAsync(new LedgerEvent { At = Now, Parties = [Country], Exporter = Id, Data = new AgreementUnlinked(agreement) });
        return receipt.IsOk ? true : receipt.Refusal;
    }

    private AgencyContext Context() => new(
        Id,
        State.ChangedAsOf,
        State.Document!,
        State.Suspended,
        [.. State.DataSets.Select(d => View(d.Key, d.Value, null))]);

    private async Task<Refusal?> PublishIfDueAsync()
    {
        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        if (State.PublishedAsOf >= State.ChangedAsOf || State.Agreements.Count == 0)
        {
            return null;
        }

        var pending = await PublishAsync();
        if (pending is not null)
        {
            RetryPublication();
        }

        return pending;
    }

    private async Task<Refusal?> PublishAsync()
    {
        var context = Context();
        if (await Publication.TellAllAsync(State.Agreements.Keys, a => GrainFactory.GetGrain<IAgreementPeer>(a).AgencyChangedAsync(context)) is { } refusal)
        {
            return refusal;
        }

        var receipt = await AppendAsync(new LedgerEvent { At = Now, Parties = [Country], Exporter = Id, Data = new PublicationCompleted(context.AsOf) });
        return receipt.Refusal;
    }

    private void RetryPublication() => _retry = PublicationRetry.Start(this, _retry, PublishIfDueQuietlyAsync);

    private async Task<bool> PublishIfDueQuietlyAsync() =>
        Unavailable is not null || State.PublishedAsOf >= State.ChangedAsOf || await PublishAsync() is null;
}
