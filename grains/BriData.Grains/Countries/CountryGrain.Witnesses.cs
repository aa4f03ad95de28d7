using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Entries.Countries;
using BriData.Grains.Witnesses;
using BriData.Ledger;

namespace BriData.Grains.Countries;

/// <content>The witnesses that the country names for its ledgers.</content>
internal sealed partial class CountryGrain
{
    public async Task<Reply<Acknowledgement>> PutWitnessesAsync(Caller caller, Operation operation, WitnessList witnesses)
    {
        var admin = await AdministratorAsync(caller);
        return admin.IsOk
            ? await OnceAsync(admin.Value, operation, Put, (_, stored) => Published<Acknowledgement>(() => Acknowledge(State.WitnessRevision, stored.Index, stored.LeafHash)))
            : admin.Refusal;

        async Task<Reply<Acknowledgement>> Put(Hash256 key)
        {
            if (WitnessChecks.Check(witnesses) is { } problem)
            {
                return new Refusal(ErrorCodes.InvalidField, problem);
            }

            var receipt = await AppendAsync(Event(admin.Value, operation, new WitnessesPut(witnesses)), key);
            return await RecordedAsync(receipt, () => Published<Acknowledgement>(() => new Acknowledgement(State.WitnessRevision, receipt.Value!)));
        }
    }

    public async Task<Reply<WitnessList>> GetWitnessesAsync() =>
        await CommittedStateAsync() is { } unavailable ? unavailable
        : NotMember() is { } refusal ? refusal
        : State.Witnesses ?? new WitnessList([], 0);
}
