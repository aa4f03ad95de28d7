using BriData.Ledger.Verification;

namespace BriData.Entries.Judging;

/// <summary>Hands the entries that a verification reads to a judge; what each says is read on the verifier's threads.</summary>
internal sealed class JudgingReader(LedgerJudge judge) : IEntryReader<ReadEntry>
{
    public ReadEntry Read(ReadOnlyMemory<byte> entry) => ReadEntry.Of(entry);

    public bool ShowsForm(ReadEntry entry) => entry.Event is not null;

    public ValueTask TakeAsync(long index, ReadEntry entry, CancellationToken cancellationToken) => judge.TakeAsync(index, entry, cancellationToken);
}
