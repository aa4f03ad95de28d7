using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;

namespace BriData.Ledger.Verification;

/// <summary>Counts the witnesses that have cosigned a checkpoint (C2SP tlog-cosignature).</summary>
internal static class WitnessCheck
{
    /// <summary>Number of known witnesses with a valid cosignature.</summary>
    /// <exception cref="SourceProblemException">A signature names a known witness and is not its own.</exception>
    public static int Count(SignedNote note, IReadOnlyList<CosignatureVerifier> witnesses, string path)
    {
        var count = 0;
        foreach (var witness in witnesses)
        {
            var claimed = note.Signatures.Any(witness.Claims);
            if (claimed && witness.Find(note) is null)
            {
                throw SourceProblemException.Of(TreeCodes.CosignatureInvalid, null, path, $"The {path} bears a signature in the name of the witness {witness.Name} that is not its own.");
            }

            count += claimed ? 1 : 0;
        }

        return count;
    }

    /// <summary>What is wrong when too few have cosigned; null when enough have.</summary>
    public static LedgerFinding? Missing(int count, int witnesses, int quorum) => count >= quorum
        ? null
        : new LedgerFinding(TreeCodes.NotWitnessed, null, LedgerPaths.Checkpoint, $"{count} of {witnesses} witnesses have cosigned; {quorum} are needed.");
}
