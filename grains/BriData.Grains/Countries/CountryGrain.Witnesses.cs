using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Entries.Countries;
using BriData.Grains.Witnesses;
using BriData.Ledger;

namespace BriData.Grains.Countries;

/// <content>The witnesses that the country names for its ledgers.</content>
internal sealed partial class CountryGrain
{
    public async Task<Reply<Acknowledgement>> PutWitnessesAsync(Caller caller, Operation operation, WitnessList witnesses, int? ifMatch)
    {
        var admin = await AdministratorAsync(caller);
        return admin.IsOk
            ? await OnceAsync(admin.Value, operation, Put, (_, stored) => Published<Acknowledgement>(() => Acknowledge(State.WitnessRevision, stored.Index, stored.LeafHash)))
            : admin.Refusal;

        async Task<Reply<Acknowledgement>> Put(Hash256 key)
        {
            if (ifMatch is { } expected && expected != State.WitnessRevision)
            {
                return new Refusal(ErrorCodes.PreconditionFailed, $"The witnesses are at version {State.WitnessRevision}.");
            }

            if (WitnessChecks.Check(witnesses) is { } problem)
            {
                return new Refusal(ErrorCodes.InvalidField, problem);
            }

            var entry = Event(admin.Value, operation, new WitnessesPut(witnesses));
            if (Untellable(entry) is { } refusal)
            {
                return refusal;
            }

            var receipt = await AppendAsync(entry, key);
            return await RecordedAsync(receipt, () => Published<Acknowledgement>(() => new Acknowledgement(State.WitnessRevision, receipt.Value!)));
        }
    }

    public async Task<Reply<WitnessesView>> GetWitnessesAsync() =>
        await CommittedStateAsync() is { } unavailable ? unavailable
        : NotMember() is { } refusal ? refusal
        : new WitnessesView(State.WitnessRevision, State.Witnesses ?? new WitnessList([], 0));
}
