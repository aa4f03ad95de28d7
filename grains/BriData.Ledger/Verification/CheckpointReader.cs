using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;

namespace BriData.Ledger.Verification;

/// <summary>Reads what a source says it is and which tree it has signed.</summary>
internal sealed class CheckpointReader(ILedgerSource source, SourceVerification how)
{
    /// <summary>The ledger and the key that must have signed it.</summary>
    /// <exception cref="SourceProblemException">The key is none, or that of another ledger.</exception>
    public async Task<(LedgerId Ledger, NoteVerifier Key)> IdentifyAsync(CancellationToken cancellationToken)
    {
        var described = await source.DescribeAsync(cancellationToken);
        var ledger = LedgerId.Parse(described.Ledger);
        if (how.Key is not { } key && !NoteVerifier.TryParse(described.Vkey, out key))
        {
            throw SourceProblemException.Of(TreeCodes.KeyMalformed, null, LedgerPaths.Description, "The source names no Ed25519 note verifier key.");
        }

        return key.Name.EndsWith("/" + ledger.Value, StringComparison.Ordinal)
            ? (ledger, key)
            : throw SourceProblemException.Of(TreeCodes.WrongLedger, null, LedgerPaths.Description, $"The key is of '{key.Name}', the ledger is said to be {ledger.Value}.");
    }

    /// <summary>A checkpoint that the key has signed; null when it is not there.</summary>
    /// <exception cref="SourceProblemException">It is malformed, of another origin or not signed by the key.</exception>
    public async Task<(SignedNote Note, Checkpoint Checkpoint)?> ReadAsync(string path, NoteVerifier key, CancellationToken cancellationToken)
    {
        string? text;
        try
        {
            text = await source.ReadNoteAsync(path, cancellationToken);
        }
        catch (FormatException e)
        {
            throw SourceProblemException.Of(TreeCodes.CheckpointMalformed, null, path, e.Message);
        }

        if (text is null)
        {
            return null;
        }

        if (!SignedNote.TryParse(text, out var note) || !Checkpoint.TryParse(note.Text, out var checkpoint))
        {
            throw SourceProblemException.Of(TreeCodes.CheckpointMalformed, null, path, $"The {path} is not a signed checkpoint.");
        }

        return checkpoint.Origin == key.Name && note.IsSignedBy(key)
            ? (note, checkpoint)
            : throw SourceProblemException.Of(TreeCodes.CheckpointUnsigned, null, path, $"The {path} of '{checkpoint.Origin}' is not signed by {key.VerifierKey}.");
    }
}
