using BriData.Grains.Ledgers;
using BriData.Ledger;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;
using BriData.Ledger.Witnesses;

namespace BriData.Silo.Witnesses;

/// <summary>
/// Collects cosignatures of one ledger's durable head. All its witnesses see the same checkpoint, so that their cosignatures
/// meet on it; what came in is kept as it comes, and a quorum does not wait for the slowest.
/// </summary>
internal sealed class CosignatureCollector(ILedgerStore store, CheckpointSigners signers, IWitnessStore known, WitnessAsker asker, WitnessPauses pauses)
{
    /// <summary>Entries by which the newest witnessed checkpoint lies behind the head.</summary>
    public async ValueTask<long> LagAsync(LedgerId ledger, CancellationToken cancellationToken)
    {
        var head = await store.GetHeadAsync(ledger, cancellationToken);
        return Math.Max(0, head.Size - SizeOf(known.Get(ledger).Witnessed));
    }

    /// <summary>
    /// One round: shows the head to every witness whose cosignature is missing and that is not paused. Does nothing when the
    /// head is witnessed already.
    /// </summary>
    /// <exception cref="LedgerStoreException">The ledger cannot be read.</exception>
    /// <exception cref="IOException">What was collected cannot be stored.</exception>
    public async Task CollectAsync(LedgerId ledger, WitnessPolicy policy, CancellationToken cancellationToken)
    {
        var head = await store.GetHeadAsync(ledger, cancellationToken);
        var before = known.Get(ledger);
        var checkpoint = SignedNote.Parse(signers.For(ledger).Sign(head));
        if (head.Size == 0 || (before.Witnessed?.Text == checkpoint.Text && policy.IsSatisfiedBy(before.Witnessed)))
        {
            return;
        }

        // The same head gives the same bytes, so what was collected before a restart still counts.
        var collected = before.Latest is { } latest && latest.Text == checkpoint.Text ? latest.Signatures : [];
        var now = Judged(policy, before with { Latest = policy.Cosigned(checkpoint, collected) });
        var stored = before;
        var asked = policy.Missing(now.Latest!)
            .Where(witness => !pauses.IsPaused(witness, ledger))
            .Select(witness => AskAsync(ledger, checkpoint, witness, now, cancellationToken))
            .ToArray();
        await foreach (var answer in Task.WhenEach(asked).WithCancellation(cancellationToken))
        {
            var (witness, cosignature) = await answer;
            if (cosignature is null)
            {
                continue;
            }

            var sizes = now.Sizes.SetItem(witness.Key.VerifierKey, head.Size);
            now = Judged(policy, now with { Latest = policy.Cosigned(checkpoint, [.. now.Latest!.Signatures, cosignature]), Sizes = sizes });
            await known.PutAsync(ledger, now);
            stored = now;
        }

        if (now.Witnessed != stored.Witnessed)
        {
            // Satisfied without a new cosignature: the policy has changed, or asks for none.
            await known.PutAsync(ledger, now);
        }
    }

    private static WitnessedLedger Judged(WitnessPolicy policy, WitnessedLedger now) =>
        policy.IsSatisfiedBy(now.Latest!) ? now with { Witnessed = now.Latest } : now;

    private static long SizeOf(SignedNote? note) => note is null ? 0 : Checkpoint.Parse(note.Text).Size;

    private async Task<(Witness Witness, NoteSignature? Cosignature)> AskAsync(
        LedgerId ledger, SignedNote checkpoint, Witness witness, WitnessedLedger now, CancellationToken cancellationToken) =>
        (witness, await asker.AskAsync(ledger, checkpoint, witness, now.Sizes.GetValueOrDefault(witness.Key.VerifierKey), cancellationToken));
}
