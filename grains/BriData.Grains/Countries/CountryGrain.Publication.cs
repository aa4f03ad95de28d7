using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Grains.EventSourcing;

namespace BriData.Grains.Countries;

/// <content>Telling agreements, before the reply leaves, what governs them from now on (I4).</content>
internal sealed partial class CountryGrain
{
    private PublicationRetry? _retry;

    public async Task<Reply<CountryContext>> LinkAgreementAsync(string agreement)
    {
        if (NotMember() is { } refusal)
        {
            return refusal;
        }

        if (!State.Agreements.Contains(agreement))
        {
            var receipt = await AppendAsync(PlatformEvent(new AgreementLinked(agreement, [])));
            if (!receipt.IsOk)
            {
                return receipt.Refusal;
            }
        }

        return await CommittedStateAsync() is { } unavailable ? unavailable : Context();
    }

    public Task<Reply<bool>> SettleAsync() => Published<bool>(() => true);

    private CountryContext Context() => CountryContexts.Of(Code, State, Today);

    /// <summary>Null unless agreements could not be told of an act, which is then refused.</summary>
    private Refusal? Untellable(LedgerEvent act) => CountryContexts.Check(act, State, Code);

    /// <summary>Publishes what is not yet published, then answers.</summary>
    private async Task<Reply<T>> Published<T>(Func<Reply<T>> answer)
    {
        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        if (State.PublishedAsOf < State.ChangedAsOf && await PublishAsync() is { } pending)
        {
            RetryPublication();
            return pending;
        }

        return answer();
    }

    private async Task<Refusal?> PublishAsync()
    {
        var context = Context();
        if (await Publication.TellAllAsync(State.Agreements, a => GrainFactory.GetGrain<IAgreementPeer>(a).CountryChangedAsync(context)) is { } refusal)
        {
            return refusal;
        }

        var receipt = await AppendAsync(PlatformEvent(new PublicationCompleted(context.AsOf)));
        return receipt.Refusal;
    }

    private void RetryPublication() => _retry = PublicationRetry.Start(this, _retry, PublishIfDueQuietlyAsync);

    private async Task<bool> PublishIfDueQuietlyAsync() =>
        Unavailable is not null || State.PublishedAsOf >= State.ChangedAsOf || await PublishAsync() is null;
}
