using BriData.Ledger.Notes;

namespace BriData.Ledger.Evidence;

/// <summary>
/// An evidence pack: entries of many ledgers with the proofs that they stand there, in one file that checks without the platform.
/// Newline-delimited JSON: <see cref="EvidenceManifest"/>, <see cref="EvidenceEntry"/> newest first, <see cref="EvidenceEnd"/>.
/// </summary>
public static class EvidencePack
{
    /// <summary>Name and version of the format.</summary>
    public const string Format = "bridata-evidence/1";

    /// <summary>How the first line begins; no other JSON text that the platform gives out does.</summary>
    public const string Beginning = "{\"type\":\"manifest\",\"format\":\"bridata-evidence/";

    /// <summary>
    /// Checks a pack to its end or its first bad line: checkpoints and seal are signed by trusted keys, every entry is in its
    /// ledger as of the checkpoint, none is repeated or out of order, no byte was changed, none is missing. Memory does not
    /// grow with the pack. Never throws on a bad pack.
    /// </summary>
    /// <param name="pack">The file; read once, not closed.</param>
    /// <param name="trusted">
    /// Keys of the ledgers, and of the country's access ledger, which seals. Null for those that the pack names: that shows it to be
    /// whole, not whose it is.
    /// </param>
    /// <param name="progress">Told the number of entries from time to time; null for nobody.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public static async Task<EvidenceReport> VerifyAsync(
        Stream pack, IReadOnlyCollection<NoteVerifier>? trusted, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pack);
        using var check = new EvidenceCheck(trusted, progress);
        var lines = new LineReader(pack);
        var number = 0L;
        try
        {
            while (await lines.ReadAsync(cancellationToken) is { } line)
            {
                number++;
                check.Line(line.Span);
            }

            number++;
            check.Finish();
            return new EvidenceReport(check.Country, check.Entries, null, null);
        }
        catch (FormatException e)
        {
            return new EvidenceReport(check.Country, check.Entries, Math.Max(number, 1), e.Message);
        }
    }
}
