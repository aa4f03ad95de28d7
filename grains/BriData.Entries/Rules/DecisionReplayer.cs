using System.Runtime.CompilerServices;
using BriData.Entries.Events;
using BriData.Ledger;
using BriData.Ledger.Storage;

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
        var fold = new DecisionFold(library, substitute);
        var head = await store.GetHeadAsync(agreement, cancellationToken);
        await foreach (var stored in store.ReadAsync(agreement, 0, Math.Min(to, head.Size), cancellationToken))
        {
            var entry = EventDecoder.Decode(stored.Body);
            await fold.LoadAsync(entry);
            if (stored.Index >= from && fold.Repeat(entry) is { } decision)
            {
                yield return new ReplayedDecision(stored.Index, entry.Transfer!, entry.Decision, DecisionEncoder.Encode(decision));
            }

            fold.Apply(entry, stored.Index);
        }
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
