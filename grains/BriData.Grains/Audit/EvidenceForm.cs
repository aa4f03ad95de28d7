using System.Collections.Immutable;
using BriData.Grains.Ledgers;
using BriData.Ledger;
using BriData.Ledger.Evidence;
using BriData.Ledger.Merkle;
using BriData.Ledger.Storage;

namespace BriData.Grains.Audit;

/// <summary>An export as an evidence pack.</summary>
internal sealed class EvidenceForm : IExportForm
{
    private readonly EvidenceWriter _writer;
    private readonly ExportPlan _plan;
    private readonly CheckpointSigners _signers;
    private readonly SortedDictionary<string, LedgerHead> _heads = new(StringComparer.Ordinal);
    private readonly Dictionary<LedgerId, InclusionProver> _provers;
    private readonly LedgerId _seal;

    /// <param name="plan">What is exported.</param>
    /// <param name="heads">Heads of the ledgers that entries may be of.</param>
    /// <param name="store">Holds the ledgers.</param>
    /// <param name="signers">Sign the heads and the seal.</param>
    public EvidenceForm(ExportPlan plan, IReadOnlyCollection<LedgerHead> heads, ILedgerStore store, CheckpointSigners signers)
    {
        _plan = plan;
        _signers = signers;
        _writer = new EvidenceWriter(plan.Who.Country);
        _seal = LedgerId.Parse($"access/{plan.Who.Country}");
        _provers = heads.ToDictionary(h => h.Ledger, h => new InclusionProver(store, h.Ledger, h.Size));
        foreach (var head in heads)
        {
            _heads.Add(head.Ledger.Value, head);
        }
    }

    public long Entries => _writer.Entries;

    public string Sha256 => _writer.Sha256.ToString();

    public byte[] Begin()
    {
        ImmutableArray<EvidenceCondition> question = [.. _plan.Question.Select(q => new EvidenceCondition(q.Name, q.Value))];
        ImmutableArray<EvidenceLedger> ledgers =
            [.. _heads.Values.Select(h => new EvidenceLedger(h.Ledger.Value, _signers.For(h.Ledger).VerifierKey, _signers.For(h.Ledger).Sign(h)))];
        return _writer.Manifest(AuditReader.IsLimited(_plan.Who), _plan.At, question, _signers.For(_seal).VerifierKey, ledgers);
    }

    public async ValueTask<byte[]> EntryAsync(ShownEntry entry, CancellationToken cancellationToken)
    {
        var (ledger, index) = (entry.Record.Ledger, entry.Stored.Index);
        var proof = await _provers[ledger].PathAsync(index, cancellationToken);
        return entry.Limited is { } limited
            ? _writer.Limited(ledger, index, entry.Stored.LeafHash, limited.Entry.Utf8, limited.Redacted, proof)
            : _writer.Entry(ledger, index, entry.Stored.Body, proof);
    }

    public byte[] End() => _writer.End(_signers.For(_seal));

    public void Dispose() => _writer.Dispose();
}
