using BriData.Ledger;
using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;
using BriData.Ledger.Witnesses;

namespace BriData.Silo.Witnesses;

/// <summary>Shows one checkpoint to one witness, from whatever size it holds.</summary>
internal sealed partial class WitnessAsker(
    ILedgerStore store, WitnessClient client, WitnessSlots slots, WitnessPauses pauses, WitnessInstruments instruments, ILogger<WitnessAsker> logger)
{
    // The first attempt may start from a size that the witness no longer holds; it tells its own.
    private const int Attempts = 2;

    /// <summary>Asks, when it is this ledger's turn. Failures are counted, logged and paused upon; what cannot be collected now is asked for later.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="checkpoint">Its signed checkpoint.</param>
    /// <param name="witness">Whom to ask.</param>
    /// <param name="held">Size that the witness is believed to hold.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The verified cosignature, or null.</returns>
    public async Task<NoteSignature?> AskAsync(LedgerId ledger, SignedNote checkpoint, Witness witness, long held, CancellationToken cancellationToken)
    {
        using var slot = await slots.TakeAsync(witness, cancellationToken);
        if (pauses.IsPaused(witness, ledger))
        {
            // Those before it in the queue found that there is no answer to be had now.
            return null;
        }

        var size = Checkpoint.Parse(checkpoint.Text).Size;
        held = Math.Min(held, size);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var proof = await ProofBuilder.ConsistencyAsync(store, ledger, held, size, cancellationToken);
            switch (await client.AddAsync(witness.Url, AddCheckpointRequest.Create(held, proof, checkpoint), cancellationToken))
            {
                case WitnessReply.Cosigned cosigned:
                    return Verified(ledger, checkpoint, witness, cosigned);
                case WitnessReply.Holds holds when holds.Size <= size && holds.Size != held:
                    held = holds.Size;
                    continue;
                case WitnessReply.Holds holds:
                    return Conflict(ledger, witness, holds.Size, size);
                case WitnessReply.Inconsistent:
                    return Conflict(ledger, witness, held, size);
                case WitnessReply.Refused refused:
                    pauses.Extend(witness, ledger);
                    return Failed(ledger, witness, "refused", refused.Reason);
                case WitnessReply.Unavailable unavailable:
                    pauses.Extend(witness);
                    return Failed(ledger, witness, "unavailable", unavailable.Reason);
            }
        }

        // It grew between the attempts: another sender is at work, and the next round starts from what it holds then.
        return Failed(ledger, witness, "refused", "It holds another size each time it is asked.");
    }

    private NoteSignature? Verified(LedgerId ledger, SignedNote checkpoint, Witness witness, WitnessReply.Cosigned cosigned)
    {
        // Signatures by other keys are ignored, and nothing that does not verify is kept.
        if (witness.Key.Find(checkpoint.WithOnly(cosigned.Signatures)) is { } signature)
        {
            pauses.End(witness, ledger);
            return signature;
        }

        pauses.Extend(witness, ledger);
        return Failed(ledger, witness, "bad_cosignature", "Its answer holds no valid cosignature by its key.");
    }

    private NoteSignature? Conflict(LedgerId ledger, Witness witness, long holds, long size)
    {
        pauses.Extend(witness, ledger);
        instruments.Failed(witness.Key.Name, "conflict");
        LogConflict(logger, witness.Key.Name, ledger.Value, holds, size);
        return null;
    }

    private NoteSignature? Failed(LedgerId ledger, Witness witness, string reason, string detail)
    {
        instruments.Failed(witness.Key.Name, reason);
        LogFailed(logger, witness.Key.Name, ledger.Value, detail);
        return null;
    }

    [LoggerMessage(3301, LogLevel.Critical, "Witness {Witness} holds another history of {Ledger}: {Holds} entries there, {Size} here. Was the ledger put back to an older copy?")]
    private static partial void LogConflict(ILogger logger, string witness, string ledger, long holds, long size);

    [LoggerMessage(3302, LogLevel.Warning, "Witness {Witness} has not cosigned {Ledger}: {Detail}")]
    private static partial void LogFailed(ILogger logger, string witness, string ledger, string detail);
}
