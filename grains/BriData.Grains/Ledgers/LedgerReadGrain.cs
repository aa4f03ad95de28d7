using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Contracts.Ledgers;
using BriData.Entries.Transfers;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Merkle;
using BriData.Ledger.Receipts;
using BriData.Ledger.Storage;
using Orleans.Concurrency;

namespace BriData.Grains.Ledgers;

/// <summary>Checkpoints and receipts. Signs only heads read from the store, which are durable.</summary>
[GrainType("bridata.ledgers"), StatelessWorker]
internal sealed class LedgerReadGrain(CallerRecognition recognition, ILedgerStore store, CheckpointSigners signers) : Grain, ILedgerGrain
{
    public async Task<Reply<LedgerList>> ListAsync(Caller caller)
    {
        var auditor = await recognition.RecogniseAsync(caller, CallerRoles.Auditor);
        if (!auditor.IsOk)
        {
            return auditor.Refusal;
        }

        var country = auditor.Value.Country;
        var members = await GrainFactory.GetGrain<ICountryPeer>(country).GetMembersAsync();
        var ids = new[] { $"country/{country}" }
            .Concat(members.Agencies.Select(slug => $"agency/{country}.{slug}"))
            .Concat(members.Agreements.Select(id => $"agreement/{id}"));
        var items = new List<LedgerView>();
        foreach (var id in ids.Order(StringComparer.Ordinal).Select(LedgerId.Parse))
        {
            var head = await store.GetHeadAsync(id);
            items.Add(new LedgerView(id.Value, head.Size, signers.For(id).VerifierKey));
        }

        return new LedgerList([.. items]);
    }

    public async Task<Reply<string>> GetCheckpointAsync(Caller caller, string ledger)
    {
        var auditor = await recognition.RecogniseAsync(caller, CallerRoles.Auditor);
        if (!auditor.IsOk)
        {
            return auditor.Refusal;
        }

        if (!LedgerId.TryParse(ledger, out var id) || !await recognition.MaySeeAsync(caller, auditor.Value, id))
        {
            return new Refusal(ErrorCodes.UnknownLedger, $"There is no ledger '{ledger}'.");
        }

        return signers.For(id).Sign(await store.GetHeadAsync(id));
    }

    public async Task<Reply<string>> GetReceiptAsync(Caller caller, string transfer)
    {
        if (!TransferId.TryParse(transfer, out var id))
        {
            return new Refusal(ErrorCodes.UnknownTransfer, $"There is no transfer '{transfer}'.");
        }

        var view = await GrainFactory.GetGrain<IAgreementGrain>(id.Agreement).GetTransferAsync(caller, id.Number);
        if (!view.IsOk)
        {
            return view.Refusal;
        }

        var ledger = LedgerId.Parse(view.Value.Receipt.Ledger);
        var head = await store.GetHeadAsync(ledger);
        return new TlogProof
        {
            Index = view.Value.Receipt.Index,
            Path = await ProofBuilder.InclusionAsync(store, ledger, view.Value.Receipt.Index, head.Size),
            Checkpoint = signers.For(ledger).Sign(head),
        }.Write();
    }
}
