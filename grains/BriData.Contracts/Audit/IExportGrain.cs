namespace BriData.Contracts.Audit;

/// <summary>Gives everything that a search finds, with proofs. Key: one of its own for each export, since an export is a conversation with one activation.</summary>
[Alias("bridata.export")]
public interface IExportGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Checks the question, fixes up to where each ledger counts, and puts the export on record; an auditor or regulator.
    /// </summary>
    /// <param name="caller">The auditor.</param>
    /// <param name="question">Conditions as for a search; the limit does not matter and there is no cursor.</param>
    /// <param name="format">What is made.</param>
    [Alias("begin")]
    Task<Reply<bool>> BeginAsync(Caller caller, AuditQuestion question, ExportFormat format);

    /// <summary>
    /// The file that <see cref="BeginAsync"/> allowed, in pieces; once. Entries that are appended meanwhile are not in it. Its
    /// end leaves only once it is on record that and what was sent; else the last piece is a refusal.
    /// </summary>
    /// <param name="cancellationToken">Ends the export early.</param>
    [Alias("read")]
    IAsyncEnumerable<ExportPiece> ReadAsync(CancellationToken cancellationToken = default);
}

/// <summary>What an export is made as.</summary>
[GenerateSerializer, Alias("bridata.export-format")]
public enum ExportFormat
{
    /// <summary>An evidence pack: newline-delimited JSON with proofs.</summary>
    Evidence = 0,

    /// <summary>A table for spreadsheets (RFC 4180), without proofs.</summary>
    Csv = 1,
}

/// <param name="Bytes">A piece of the file.</param>
/// <param name="Refusal">Why the file does not go on; what was sent before it is no export.</param>
[GenerateSerializer, Immutable, Alias("bridata.export-piece")]
public sealed record ExportPiece([property: Id(0)] ReadOnlyMemory<byte> Bytes, [property: Id(1)] Refusal? Refusal = null);
