using System.Collections.Immutable;
using System.Text.Json;
using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Audit;
using BriData.Contracts.Transfers;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Entries.Transfers;
using BriData.Grains.Accesses;
using BriData.Grains.Audit;
using BriData.Grains.EventSourcing;
using BriData.Grains.Rules;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger.Audit;
using BriData.Ledger.Erasure;
using BriData.Ledger.Storage;
using BriData.Policy.RulePacks;
using Orleans.Concurrency;

namespace BriData.Grains.Transfers;

/// <summary>Reads the recorded decision and the packs it names.</summary>
[GrainType("bridata.explanations"), StatelessWorker]
internal sealed class ExplanationGrain(
    RuleLibrary library, CallerRecognition recognition, AccessRecorder recorder, AuditGate gate, AuditReader reader, PrivateTextReader texts) : Grain, IExplanationGrain
{
    public async Task<Reply<Explanation>> ExplainAsync(Caller caller, string transfer, ImmutableArray<string> languages)
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

        try
        {
            using var decision = JsonDocument.Parse(view.Value.Decision.Utf8);
            var explanation = new DecisionInWords(await PacksAsync(decision.RootElement), languages).Explain(transfer, decision.RootElement);
            var who = await recognition.IdentifyAsync(caller);
            if (!who.IsOk)
            {
                return who.Refusal;
            }

            if (who.Value.Roles.HasFlag(CallerRoles.Auditor))
            {
                if (await gate.EnsureCurrentAsync(who.Value.Country) is { } behind)
                {
                    return behind;
                }

                explanation = explanation with { Texts = await TextsAsync(who.Value, view.Value.Id) };
            }

            return await recorder.RecordTransferAsync(who.Value, AccessKinds.Explanation, view.Value.Id) is { } refusal ? refusal : explanation;
        }
        catch (ValueKeyStoreException e)
        {
            return LedgerRefusals.From(e);
        }
        catch (Exception e) when (e is LedgerStoreException or UnreadableEntryException or AuditIndexException)
        {
            return LedgerRefusals.From(e);
        }
    }

    /// <summary>What was stated in the course of the transfer until now.</summary>
    private async Task<ImmutableArray<PrivateTextView>> TextsAsync(CallerIdentity auditor, string transfer)
    {
        var found = ImmutableArray.CreateBuilder<PrivateTextView>();
        var trail = await reader.TrailAsync(auditor, transfer);
        var erased = PrivateTextReader.ErasedIn(trail.Select(e => e.Stored));
        foreach (var entry in trail)
        {
            found.AddRange(await texts.ReadAsync(auditor.Country, entry.Record.Ledger, entry.Stored, erased));
        }

        return found.ToImmutable();
    }

    /// <summary>The packs that were consulted; two versions of one pack when both sides publish it.</summary>
    private async Task<List<CompiledRulePack>> PacksAsync(JsonElement decision)
    {
        var packs = new List<CompiledRulePack>();
        foreach (var side in (string[])["exporterPack", "importerPack"])
        {
            if (decision.GetProperty("versions").GetProperty(side).GetString() is { } reference)
            {
                packs.Add(await library.GetPackAsync(reference[(reference.IndexOf('#', StringComparison.Ordinal) + 1)..]));
            }
        }

        return packs;
    }
}
