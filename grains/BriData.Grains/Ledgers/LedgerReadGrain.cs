using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Audit;
using BriData.Contracts.Ledgers;
using BriData.Entries.Transfers;
using BriData.Grains.Accesses;
using BriData.Grains.Audit;
using BriData.Grains.EventSourcing;
using BriData.Grains.Security;
using BriData.Grains.Witnesses;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Documents;
using BriData.Ledger.Merkle;
using BriData.Ledger.Receipts;
using BriData.Ledger.Storage;
using Orleans.Concurrency;

namespace BriData.Grains.Ledgers;

/// <summary>Checkpoints, tiles, entries and receipts. Signs only heads read from the store, which are durable.</summary>
[GrainType("bridata.ledgers"), StatelessWorker]
internal sealed partial class LedgerReadGrain(
    CallerRecognition recognition, ILedgerStore store, IDocumentStore documents, CheckpointSigners signers, WitnessedCheckpoints witnessed,
    AccessRecorder recorder, IAuditFreshness freshness, VisibleLedgers visible) : Grain, ILedgerGrain
{
    public async Task<Reply<LedgerList>> ListAsync(Caller caller)
    {
        var auditor = await recognition.RecogniseAsync(caller, CallerRoles.Auditor | CallerRoles.Regulator);
        if (!auditor.IsOk)
        {
            return auditor.Refusal;
        }

        var items = new List<LedgerView>();
        LedgerId? asked = null;
        try
        {
            // A ledger that cannot be searched to its end is listed: that is no reason to hide it from those it concerns. One that
            // nobody can tell may be any country's, and would be left out.
            if ((await freshness.EnsureCurrentAsync()).Contains(default))
            {
                return LedgerRefusals.Unnamed(LedgerStoreFailure.Corrupt);
            }

            var concerned = await visible.OfAsync(auditor.Value.Country);
            if (!concerned.IsOk)
            {
                return concerned.Refusal;
            }

            foreach (var id in concerned.Value.OrderBy(static l => l.Value, StringComparer.Ordinal))
            {
                asked = id;
                var head = await store.GetHeadAsync(id);
                items.Add(new LedgerView(id.Value, head.Size, signers.For(id).VerifierKey));
            }
        }
        catch (LedgerStoreException e)
        {
            return asked is not null && e.Ledger == asked ? LedgerRefusals.From(e) : LedgerRefusals.Unnamed(e.Reason);
        }
        catch (AuditIndexException e)
        {
            return LedgerRefusals.From(e);
        }

        return await recorder.RecordReadsAsync(auditor.Value, AccessKinds.Ledgers) is { } refusal ? refusal : new LedgerList([.. items]);
    }

    public async Task<Reply<string>> GetCheckpointAsync(Caller caller, string ledger)
    {
        var id = await VisibleAsync(caller, ledger);
        return id.IsOk ? witnessed.Cosigned(id.Value, signers.For(id.Value).Sign(await store.GetHeadAsync(id.Value))) : id.Refusal;
    }

    public async Task<Reply<string>> GetWitnessedCheckpointAsync(Caller caller, string ledger)
    {
        var id = await VisibleAsync(caller, ledger);
        return !id.IsOk ? id.Refusal
            : await witnessed.NewestAsync(id.Value) is { } newest ? newest.Note.Write()
            : new Refusal(ErrorCodes.NotWitnessed, $"No checkpoint of '{ledger}' has the cosignatures that its parties ask for.");
    }

    public async Task<Reply<string>> GetReceiptAsync(Caller caller, string transfer)
    {
        if (!TransferId.TryParse(transfer, out var id))
        {
            return new Refusal(ErrorCodes.UnknownTransfer, $"There is no transfer '{transfer}'.");
        }

        var view = await GrainFactory.GetGrain<IAgreementPeer>(id.Agreement).FindTransferAsync(caller, id.Number);
        if (!view.IsOk)
        {
            return view.Refusal;
        }

        var ledger = LedgerId.Parse(view.Value.Receipt.Ledger);
        var index = view.Value.Receipt.Index;
        var (checkpoint, size) = await CheckpointOverAsync(ledger, index);
        var proof = new TlogProof
        {
            Index = index,
            Path = await ProofBuilder.InclusionAsync(store, ledger, index, size),
            Checkpoint = checkpoint,
        };
        var who = await recognition.IdentifyAsync(caller);
        return (who.IsOk ? await recorder.RecordTransferAsync(who.Value, AccessKinds.Receipt, view.Value.Id) : who.Refusal) is { } refusal
            ? refusal
            : proof.Write();
    }

    /// <summary>The witnessed checkpoint when it covers the entry, else the newest: a receipt never waits for a witness.</summary>
    private async Task<(string Text, long Size)> CheckpointOverAsync(LedgerId ledger, long index)
    {
        if (await witnessed.NewestAsync(ledger) is { } newest && index < newest.Checkpoint.Size)
        {
            return (newest.Note.Write(), newest.Checkpoint.Size);
        }

        var head = await store.GetHeadAsync(ledger);
        return (witnessed.Cosigned(ledger, signers.For(ledger).Sign(head)), head.Size);
    }

    /// <summary>The durable head of a ledger whose entries or tiles are read, for an auditor of one of its parties.</summary>
    private async Task<Reply<LedgerHead>> HeadAsync(Caller caller, string ledger)
    {
        var id = await VisibleAsync(caller, ledger, whole: true);
        return id.IsOk ? await store.GetHeadAsync(id.Value) : id.Refusal;
    }

    /// <summary>The ledger, if the caller may read it; the reading is then on record.</summary>
    /// <param name="caller">The auditor or regulator.</param>
    /// <param name="ledger">Ledger identifier.</param>
    /// <param name="whole">True when entries are read with all their fields: of what is shared, that is not for a regulator.</param>
    private async Task<Reply<LedgerId>> VisibleAsync(Caller caller, string ledger, bool whole = false)
    {
        var auditor = await recognition.RecogniseAsync(caller, CallerRoles.Auditor | CallerRoles.Regulator);
        if (!auditor.IsOk)
        {
            return auditor.Refusal;
        }

        // Before it is looked whether there is such a ledger: the answer is the same for any.
        if (whole && AuditReader.IsLimited(auditor.Value) && ledger.StartsWith("agreement/", StringComparison.Ordinal))
        {
            return new Refusal(ErrorCodes.RoleMissing, "This needs the role 'auditor'.");
        }

        var refusal = await recognition.MaySeeAsync(caller, auditor.Value, ledger)
            ?? await recorder.RecordReadsAsync(auditor.Value, AccessKinds.Ledger, ledger);
        return refusal is null ? LedgerId.Parse(ledger) : refusal;
    }
}
