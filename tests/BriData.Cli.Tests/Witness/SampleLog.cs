using BriData.Ledger;
using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;
using BriData.Ledger.Witnesses;
using BriData.Testing.Ledger;

namespace BriData.Cli.Tests.Witness;

/// <summary>A log of numbered entries, and on request another history of the same log under the same key.</summary>
internal sealed class SampleLog : IDisposable
{
    private static readonly LedgerId Id = LedgerSamples.SampleLedger;

    private readonly InMemoryLedgerStore _store = new();
    private readonly NoteSigner _signer;

    private SampleLog(string origin) => _signer = new NoteSigner(origin, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    public string Origin => _signer.Name;

    public string VerifierKey => _signer.VerifierKey;

    /// <param name="origin">Origin and key name.</param>
    /// <param name="size">Number of entries.</param>
    /// <param name="forkAt">Index of the first entry that differs from the usual history; none without it.</param>
    public static async Task<SampleLog> CreateAsync(string origin = "log.example", int size = 40, int forkAt = int.MaxValue)
    {
        var log = new SampleLog(origin);
        var tree = LedgerTree.Empty(Id);
        await log._store.AppendAsync(tree, [.. Enumerable.Range(0, size).Select(i => new LedgerEntryDraft(LedgerSamples.Body(i >= forkAt ? i + 1_000_000 : i)))]);
        return log;
    }

    public void Dispose() => _signer.Dispose();

    public async Task<SignedNote> CheckpointAsync(long size) =>
        SignedNote.Sign(new Checkpoint(Origin, size, await ProofBuilder.RootAsync(_store, Id, size)).Write(), _signer);

    /// <summary>A request that the witness takes when it holds the old size of this history.</summary>
    public async Task<string> RequestAsync(long oldSize, long size) =>
        AddCheckpointRequest.Create(oldSize, await ProofBuilder.ConsistencyAsync(_store, Id, oldSize, size), await CheckpointAsync(size)).Write();
}
