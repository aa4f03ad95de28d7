using BriData.Ledger;
using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;
using BriData.Ledger.Witnesses;

namespace BriData.Grains.Witnesses;

/// <summary>What witnesses have cosigned, as it is shown to others.</summary>
internal sealed class WitnessedCheckpoints(ILedgerStore store, IWitnessStore witnesses)
{
    /// <summary>A signed checkpoint with the cosignatures that are known for exactly this one.</summary>
    public string Cosigned(LedgerId ledger, string checkpoint)
    {
        var known = witnesses.Get(ledger);
        var note = SignedNote.Parse(checkpoint);
        return new[] { known.Latest, known.Witnessed }.FirstOrDefault(other => other?.Text == note.Text) is { } cosigned ? cosigned.Write() : checkpoint;
    }

    /// <summary>
    /// The newest checkpoint that satisfied the ledger's policy; null when there is none, and also when the ledger does not
    /// hold that tree: it was put back to an older copy, and what witnesses hold against it is not to be hidden behind a
    /// proof that does not verify.
    /// </summary>
    public async Task<(SignedNote Note, Checkpoint Checkpoint)?> NewestAsync(LedgerId ledger)
    {
        if (witnesses.Get(ledger).Witnessed is not { } note)
        {
            return null;
        }

        var checkpoint = Checkpoint.Parse(note.Text);
        var head = await store.GetHeadAsync(ledger);
        return checkpoint.Size <= head.Size && await ProofBuilder.RootAsync(store, ledger, checkpoint.Size) == checkpoint.Root
            ? (note, checkpoint)
            : null;
    }
}
