using System.Runtime.CompilerServices;
using BriData.Entries.Agreements;
using BriData.Entries.Events;
using BriData.Entries.Transfers;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Policy.Facts;

namespace BriData.Entries.Rules;

/// <summary>
/// Makes every recorded decision of an agreement again, from its ledger and the documents the ledger names, under the rules of
/// that day (I6) or under others.
/// </summary>
public sealed class DecisionReplayer(ILedgerStore store, RuleLibrary library)
{
    /// <summary>Yields each recorded decision beside the one made again, in ledger order.</summary>
    /// <param name="agreement">The ledger.</param>
    /// <param name="from">First index of interest; the entries before it are read all the same, since decisions rest on them.</param>
    /// <param name="to">Index after the last.</param>
    /// <param name="substitute">A pack to judge by instead of a country's own; null for the rules of the day.</param>
    /// <param name="cancellationToken">Stops between entries.</param>
    /// <exception cref="LedgerStoreException">The ledger cannot be read.</exception>
    public async IAsyncEnumerable<ReplayedDecision> ReplayAsync(
        LedgerId agreement,
        long from = 0,
        long to = long.MaxValue,
        PackSubstitute? substitute = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var state = new AgreementState();
        GoverningRules? rules = null;
        var head = await store.GetHeadAsync(agreement, cancellationToken);
        await foreach (var stored in store.ReadAsync(agreement, 0, Math.Min(to, head.Size), cancellationToken))
        {
            var entry = EventDecoder.Decode(stored.Body);
            switch (entry.Data)
            {
                case CountryContextTaken taken:
                    await library.LoadAsync(taken.Context);
                    rules = null;
                    break;
                case AgencyContextTaken:
                    rules = null;
                    break;
                case TransferRequested requested when stored.Index >= from:
                    rules ??= new GoverningRules(state, library, substitute);
                    yield return Repeat(entry, requested, stored.Index, rules, requested.EventDate);
                    break;
                case TransferStopped when stored.Index >= from && !entry.Decision.IsEmpty:
                    rules ??= new GoverningRules(state, library, substitute);
                    var request = await RequestOfAsync(agreement, state, entry);
                    yield return Repeat(entry, request, stored.Index, rules, DateOnly.FromDateTime(entry.At.UtcDateTime));
                    break;
            }

            state.Apply(entry, stored.Index);
        }
    }

    private static ReplayedDecision Repeat(LedgerEvent entry, TransferRequested request, long index, GoverningRules rules, DateOnly eventDate)
    {
        var facts = request.Facts.Utf8.IsEmpty ? FactSet.Empty : TermsReader.Facts(request.Facts);
        var decision = rules.Decide(
            entry.DataSet!, Identifiers.AgencyOf(entry.DataSet!), entry.Importer!, request.Purpose, facts, entry.At, eventDate, request.UsedThisYear, request.Totals?.Facts ?? []);
        return new ReplayedDecision(index, entry.Transfer!, entry.Decision, DecisionEncoder.Encode(decision));
    }

    private async Task<TransferRequested> RequestOfAsync(LedgerId agreement, AgreementState state, LedgerEvent entry)
    {
        var index = state.Open[TransferId.Parse(entry.Transfer!).Number].RequestIndex;
        await foreach (var stored in store.ReadAsync(agreement, index, index + 1))
        {
            return (TransferRequested)EventDecoder.Decode(stored.Body).Data;
        }

        throw new UnreadableEntryException($"Entry {index} of {agreement} is missing.");
    }
}

/// <summary>A decision as recorded and as made again; equal to the byte unless something is wrong.</summary>
/// <param name="Index">Index of the entry.</param>
/// <param name="Transfer">Transfer identifier.</param>
/// <param name="Recorded">Canonical JSON from the ledger.</param>
/// <param name="Repeated">Canonical JSON made now.</param>
public sealed record ReplayedDecision(long Index, string Transfer, ReadOnlyMemory<byte> Recorded, ReadOnlyMemory<byte> Repeated)
{
    public bool IsIdentical => Recorded.Span.SequenceEqual(Repeated.Span);
}
