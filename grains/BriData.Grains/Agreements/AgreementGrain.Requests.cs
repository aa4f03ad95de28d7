using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Contracts.Transfers;
using BriData.Entries;
using BriData.Entries.Agreements;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Entries.Transfers;
using BriData.Grains.Rules;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;

namespace BriData.Grains.Agreements;

/// <content>Requests for transfers: judged in memory, recorded, answered.</content>
internal sealed partial class AgreementGrain
{
    public async Task<Reply<TransferPreview>> PreflightAsync(Caller caller, TransferRequest request)
    {
        var officer = await PartyAsync(caller);
        if (!officer.IsOk)
        {
            return officer.Refusal;
        }

        var prepared = await PrepareWithTotalsAsync(officer.Value, request, null);
        if (!prepared.IsOk)
        {
            return prepared.Refusal;
        }

        var (decision, _, _) = Judge(prepared.Value.Ask, prepared.Value.Totals, Now);

        // I1: what a preview rests on must be durable before it leaves.
        return await CommittedStateAsync() is { } refusal
            ? refusal
            : new TransferPreview(TransferStatus.Of(decision.Outcome), new JsonText(DecisionEncoder.Encode(decision)));
    }

    public async Task<Reply<TransferReply>> RequestTransferAsync(Caller caller, Operation operation, TransferRequest request)
    {
        var officer = await PartyAsync(caller);
        if (!officer.IsOk)
        {
            return officer.Refusal.Code == ErrorCodes.AgencySuspended ? await RefuseSuspendedAsync(caller, operation, request, officer.Refusal) : officer.Refusal;
        }

        var who = officer.Value;
        return await OnceAsync(who, operation, key => RequestAsync(caller, who, operation, request, key), ReplayRequestAsync);
    }

    private async Task<Reply<TransferReply>> RequestAsync(Caller caller, CallerIdentity who, Operation operation, TransferRequest request, Hash256 key)
    {
        var preparing = PrepareWithTotalsAsync(who, request, key);
        var waited = !preparing.IsCompleted;
        var prepared = await preparing;
        var taking = prepared.IsOk ? TextKeyAsync(request.LegalBasis) : default;
        waited |= !taking.IsCompleted;
        var (textKey, noKey) = await taking;
        if (noKey is not null)
        {
            return noKey;
        }

        if (waited && prepared.IsOk)
        {
            // Looked at once more in this turn: whether a continuation runs at once is nobody's promise.
            prepared = StillSo(who, request, prepared.Value);
        }

        if (!prepared.IsOk)
        {
            return prepared.Refusal.Code == ErrorCodes.AgreementNotInForce ? await RefuseAsync(caller, operation, request, prepared.Refusal) : prepared.Refusal;
        }

        // INVARIANT: no await between the judgement and EnqueueAsync; the decision is made on the state it is recorded after.
        var (ask, _, totals) = prepared.Value;
        var at = Now;
        var (decision, grant, used) = Judge(ask, totals, at);
        var number = State.NextNumber;
        var status = TransferStatus.Of(decision.Outcome);
        var bytes = DecisionEncoder.Encode(decision);
        var texts = PrivateTexts.Under(textKey);
        var data = new TransferRequested(
            number,
            ask.Purpose,
            texts.Commit("legalBasis", request.LegalBasis),
            new JsonText(ask.Facts.ToCanonicalJson()),
            EventDay(at),
            used,
            grant,
            status,
            at.AddDays(State.Document!.TransferValidDays),
            totals is null ? null : new TransferTotals(decision.CountsTowardTotals, FactsOf(totals)),
            texts.KeyName);
        var done = EnqueueAsync(
            new LedgerEvent
            {
                At = at,
                Parties = State.Document.Parties,
                By = ActorOf(who),
                Agreement = Id,
                Transfer = new TransferId(Id, number).ToString(),
                DataSet = ask.DataSet,
                Exporter = ask.Exporter,
                Importer = ask.Importer,
                Fingerprint = Services.Operations.Of(operation),
                Decision = bytes,
                Data = data,
            },
            key,
            texts);
        var committed = await done;
        if (committed.Refusal is { } refusal)
        {
            return refusal;
        }

        if (totals is not null)
        {
            TellTotals(ask, key, data);
        }

        return new TransferReply(
            new TransferId(Id, number).ToString(), status, new JsonText(bytes), ReceiptOf(committed.First, committed.LeafHashes.Span[0]));
    }

    private Task<Reply<TransferReply>> ReplayRequestAsync(LedgerEvent entry, StoredEntry stored)
    {
        Reply<TransferReply> reply = entry.Data is TransferRequested requested
            ? new TransferReply(entry.Transfer!, requested.Status, new JsonText(entry.Decision), ReceiptOf(stored.Index, stored.LeafHash))
            : new Refusal(ErrorCodes.IdempotencyKeyReused, "The Idempotency-Key was used for another request.");
        return Task.FromResult(reply);
    }

    /// <summary>
    /// Checks the request and, where the exporter's law counts persons, asks for its totals. What governs may change
    /// meanwhile, so both are looked at again after the answer: what is returned fits the state of this turn.
    /// </summary>
    /// <param name="who">The caller.</param>
    /// <param name="request">The request.</param>
    /// <param name="key">Operation key to reserve under; null for a look without effect.</param>
    private async Task<Reply<Prepared>> PrepareWithTotalsAsync(CallerIdentity who, TransferRequest request, Hash256? key)
    {
        TotalsQuery? asked = null;
        TotalsAnswer? totals = null;
        for (var i = 0; i < MaxReservations; i++)
        {
            var prepared = Prepare(who, request);
            if (!prepared.IsOk)
            {
                return prepared.Refusal;
            }

            var ask = prepared.Value;
            var query = TransferPersons.Query(Rules, ask.DataSet, ask.Exporter, ask.Facts, request.SubjectIds, subjects, EventDay(Now));
            if (Same(query, asked))
            {
                return new Prepared(ask, query, totals);
            }

            asked = query;
            totals = null;
            if (query is not null)
            {
                var answer = await AskTotalsAsync(ask, query, key);
                if (!answer.IsOk)
                {
                    return answer.Refusal;
                }

                totals = answer.Value;
            }
        }

        return new Refusal(ErrorCodes.Busy, "What governs the agreement keeps changing. Try again.");
    }

    /// <summary>The request as it stands in this turn, if the totals that were asked for are still the ones to look at.</summary>
    private Reply<Prepared> StillSo(CallerIdentity who, TransferRequest request, Prepared prepared)
    {
        var now = Prepare(who, request);
        return !now.IsOk ? now.Refusal
            : Same(TransferPersons.Query(Rules, now.Value.DataSet, now.Value.Exporter, now.Value.Facts, request.SubjectIds, subjects, EventDay(Now)), prepared.Query)
                ? prepared with { Ask = now.Value }
                : new Refusal(ErrorCodes.Busy, "What governs the agreement has just changed. Try again.");
    }

    /// <summary>Checks everything that is no matter of law: form, names, who may ask, whether the agreement is in force.</summary>
    private Reply<Ask> Prepare(CallerIdentity who, TransferRequest request)
    {
        if (Rights.Role(who, CallerRoles.Agency) is { } role)
        {
            return role;
        }

        if (!Vocabulary.IsPurpose(request.Purpose))
        {
            return Refusal.OfField("purpose", ErrorCodes.UnknownPurpose, $"'{request.Purpose}' is not a purpose of the vocabulary.");
        }

        if (!Identifiers.IsDataSet(request.DataSet))
        {
            return Refusal.OfField("dataset", ErrorCodes.InvalidField, $"'{request.DataSet}' is not a data set identifier.");
        }

        var facts = AssertableFacts.Read(request.Facts);
        if (!facts.IsOk)
        {
            return facts.Refusal;
        }

        if (TransferPersons.Check(request.SubjectIds, facts.Value) is { } badIds)
        {
            return badIds;
        }

        var exporter = Identifiers.AgencyOf(request.DataSet);
        var pushed = exporter == who.Agency;
        var importer = pushed ? request.Importer : request.Importer ?? who.Agency;
        if (importer is null || !Identifiers.IsAgency(importer))
        {
            return Refusal.OfField("importer", ErrorCodes.InvalidField, "A push by the exporter names the receiving agency.");
        }

        if (!pushed && importer != who.Agency)
        {
            return new Refusal(ErrorCodes.NotYourAgency, $"Only {importer} or {exporter} may ask for this transfer.");
        }

        if (AssertableFacts.Check(facts.Value, pushed ? FactSource.Exporter : FactSource.Requester) is { } forbidden)
        {
            return forbidden;
        }

        if (State.Status != "inForce")
        {
            return new Refusal(ErrorCodes.AgreementNotInForce, $"'{Id}' is {State.Status}.");
        }

        return Rules.HasDataSet(request.DataSet)
            ? new Ask(request.DataSet, exporter, importer, request.Purpose, facts.Value)
            : new Refusal(ErrorCodes.UnknownDataSet, $"There is no data set '{request.DataSet}' under '{Id}'.");
    }

    private (Decision Decision, string? Grant, long Used) Judge(Ask ask, TotalsAnswer? totals, DateTimeOffset at)
    {
        var grant = Rules.FindGrant(ask.DataSet, ask.Importer, ask.Purpose)?.Id;
        var used = grant is null ? 0 : State.Used.GetValueOrDefault(AgreementState.UsedKey(grant, at.Year));
        var decision = Rules.Decide(ask.DataSet, ask.Exporter, ask.Importer, ask.Purpose, ask.Facts, at, EventDay(at), used, FactsOf(totals));
        return (decision, grant, used);
    }

    /// <summary>
    /// Refuses the officer of a suspended agency. A request that was decided here before is on record already, and is not
    /// recorded as another one (I5); what it came to is not shown, since the agency has lost its access.
    /// </summary>
    private async Task<Reply<TransferReply>> RefuseSuspendedAsync(Caller caller, Operation operation, TransferRequest request, Refusal refusal)
    {
        var who = await IdentifyAsync(caller);
        return who.IsOk
            ? await OnceAsync<TransferReply>(
                who.Value,
                operation,
                async _ => await RefuseAsync(caller, operation, request, refusal),
                (_, _) => Task.FromResult<Reply<TransferReply>>(refusal))
            : who.Refusal;
    }

    /// <summary>Records, on the caller's own country's ledger, a refusal that is no decision under the agreement.</summary>
    private async Task<Refusal> RefuseAsync(Caller caller, Operation operation, TransferRequest request, Refusal refusal)
    {
        var who = (await IdentifyAsync(caller)).Value!;
        var recorded = await GrainFactory.GetGrain<ICountryPeer>(who.Country).RecordRefusalAsync(
            new RefusedRequest(refusal.Code, Id, Identifiers.IsDataSet(request.DataSet) ? request.DataSet : null, who.Agency, Services.Officers.Of(who), operation));
        return recorded.IsOk ? refusal : recorded.Refusal;
    }

    private static DateOnly EventDay(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    /// <summary>A request that is well formed.</summary>
    private sealed record Ask(string DataSet, string Exporter, string Importer, string Purpose, FactSet Facts);

    /// <summary>A request with the totals that its decision must look at.</summary>
    private sealed record Prepared(Ask Ask, TotalsQuery? Query, TotalsAnswer? Totals);
}
