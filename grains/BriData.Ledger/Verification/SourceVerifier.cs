using BriData.Ledger.Mirroring;

namespace BriData.Ledger.Verification;

/// <summary>
/// Verifies a ledger from the outside, from its published resources alone: the checkpoint's signature, the form and hash of
/// every entry, every hash of every tile, the root, and that earlier checkpoints are prefixes. Reads each resource once and
/// keeps a few bundles in memory, whatever the ledger's size. Shares the format with the writer, not its code.
/// </summary>
public sealed class SourceVerifier(ILedgerSource source, SourceVerification how)
{
    /// <summary>Verifies the tree.</summary>
    /// <exception cref="LedgerSourceException">
    /// The source could not be read, as <see cref="SourceVerificationReport.Unread"/> says where a part of it was: thrown only when not
    /// even its description could.
    /// </exception>
    public Task<SourceVerificationReport> VerifyAsync(CancellationToken cancellationToken = default) => VerifyAsync(new NoReader(), cancellationToken);

    /// <summary>Verifies the tree, and hands each entry on.</summary>
    /// <inheritdoc cref="VerifyAsync(CancellationToken)"/>
    public async Task<SourceVerificationReport> VerifyAsync<T>(IEntryReader<T> reader, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var run = new SourceRun<T>(source, how, reader);
        LedgerFinding? last = null;
        string? unread = null;
        try
        {
            await run.RunAsync(cancellationToken);
        }
        catch (SourceProblemException e)
        {
            last = e.Finding;
        }
        catch (LedgerSourceException e) when (run.Ledger is not null)
        {
            // What was found before stands, whatever the rest would have shown.
            unread = e.Message;
        }

        return new SourceVerificationReport(
            source.Location, run.Ledger, run.Checkpoint, run.Witnessed, run.Entries, run.Root(), last is null ? run.Findings : [.. run.Findings, last], unread);
    }

    private sealed class NoReader : IEntryReader<bool>
    {
        public bool Read(ReadOnlyMemory<byte> entry) => false;

        public bool ShowsForm(bool entry) => false;

        public ValueTask TakeAsync(long index, bool entry, CancellationToken cancellationToken) => default;
    }
}
