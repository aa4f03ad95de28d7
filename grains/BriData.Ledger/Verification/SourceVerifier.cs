using System.Collections.Immutable;
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
    /// <exception cref="LedgerSourceException">The source cannot be read: nothing is said about the ledger.</exception>
    public Task<SourceVerificationReport> VerifyAsync(CancellationToken cancellationToken = default) => VerifyAsync(new NoReader(), cancellationToken);

    /// <summary>Verifies the tree, and hands each entry on.</summary>
    /// <inheritdoc cref="VerifyAsync(CancellationToken)"/>
    public async Task<SourceVerificationReport> VerifyAsync<T>(IEntryReader<T> reader, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var run = new SourceRun<T>(source, how, reader);
        ImmutableArray<LedgerFinding> findings;
        try
        {
            findings = await run.RunAsync(cancellationToken);
        }
        catch (SourceProblemException e)
        {
            findings = [e.Finding];
        }

        return new SourceVerificationReport(source.Location, run.Ledger, run.Checkpoint, run.Witnessed, run.Entries, run.Root(), findings);
    }

    private sealed class NoReader : IEntryReader<bool>
    {
        public bool Read(ReadOnlyMemory<byte> entry) => true;

        public ValueTask TakeAsync(long index, bool entry, CancellationToken cancellationToken) => default;
    }
}
