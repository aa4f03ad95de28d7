using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Grains.Rules;
using BriData.Ledger;
using BriData.Policy.Classification;

namespace BriData.Grains.Countries;

/// <content>The classification scheme.</content>
internal sealed partial class CountryGrain
{
    public async Task<Reply<Acknowledgement>> PutSchemeAsync(Caller caller, Operation operation, ReadOnlyMemory<byte> document, int? ifMatch)
    {
        var admin = await AdministratorAsync(caller);
        return admin.IsOk
            ? await OnceAsync(admin.Value, operation, Put, (_, stored) => Published<Acknowledgement>(() => Acknowledge(State.SchemeRevision, stored.Index, stored.LeafHash)))
            : admin.Refusal;

        async Task<Reply<Acknowledgement>> Put(Hash256 key)
        {
            if (ifMatch is { } expected && expected != State.SchemeRevision)
            {
                return new Refusal(ErrorCodes.PreconditionFailed, $"The scheme is at version {State.SchemeRevision}.");
            }

            var parsed = ClassificationScheme.Parse(document.Span);
            if (parsed.Scheme is not { } scheme)
            {
                return PolicyRefusals.InvalidScheme(parsed);
            }

            if (scheme.Country != Code)
            {
                return new Refusal(ErrorCodes.InvalidScheme, $"The scheme is of '{scheme.Country}', not of '{Code}'.");
            }

            var digest = await Services.Documents.PutAsync(document);
            var entry = Event(admin.Value, operation, new SchemePut(digest.ToString(), scheme.Version));
            if (Untellable(entry) is { } refusal)
            {
                return refusal;
            }

            var receipt = await AppendAsync(entry, key);
            return await RecordedAsync(receipt, () => Published<Acknowledgement>(() => new Acknowledgement(State.SchemeRevision, receipt.Value!)));
        }
    }

    public async Task<Reply<SchemeView>> GetSchemeAsync()
    {
        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        if (NotMember() is { } refusal)
        {
            return refusal;
        }

        return State.SchemeDigest is { } digest
            ? new SchemeView(State.SchemeRevision, new JsonText(await DocumentAsync(digest)))
            : new Refusal(ErrorCodes.InvalidScheme, $"{Code} has no classification scheme.");
    }

    private async Task<ReadOnlyMemory<byte>> DocumentAsync(string digest) =>
        await Services.Documents.GetAsync(Hash256.ParseHex(digest))
        ?? throw new UnreadableEntryException($"Document {digest} is on the ledger of {Code} but not in storage.");
}
