using BriData.Ledger.Storage;

namespace BriData.Ledger.Audit;

/// <summary>Brings an audit index up to date with a ledger store. One caller at a time; running it twice is harmless.</summary>
/// <param name="store">The ledgers.</param>
/// <param name="index">The index.</param>
/// <param name="upkeep">What the store knows to be damaged; null for a store that keeps no files.</param>
public sealed class AuditProjector(ILedgerStore store, IAuditSink index, ILedgerUpkeep? upkeep = null)
{
    /// <summary>Kind of the ledgers of accesses. They are not indexed: every search would find itself.</summary>
    public const string UnindexedKind = "access";

    private const int ChunkSize = 2000;

    /// <summary>
    /// Indexes what is committed but not indexed yet, in chunks of at most 2,000. A ledger that cannot be
    /// indexed further does not hold up the others: it is indexed up to a malformed entry, or to the page that is damaged. One that
    /// has fewer entries than the index has of it is told likewise: the index belongs to other ledgers and is to be rebuilt, or it
    /// knows of entries that are lost. So is what is known to be damaged, for an index that was begun since would not show it.
    /// </summary>
    /// <exception cref="LedgerStoreException">A ledger cannot be read for another reason than damage.</exception>
    /// <exception cref="AuditIndexException">The index cannot be written.</exception>
    public async Task<AuditCatchUp> CatchUpAsync(CancellationToken cancellationToken = default)
    {
        var progress = await index.GetProgressAsync(cancellationToken);
        var heads = new List<LedgerHead>();
        await foreach (var head in store.ListAsync(cancellationToken))
        {
            if (head.Ledger.Kind != UnindexedKind)
            {
                heads.Add(head);
            }
        }

        var chunk = new Chunk(index);
        var stalled = new Dictionary<LedgerId, Exception>();
        var sizes = heads.ToDictionary(static head => head.Ledger, static head => head.Size);
        foreach (var (ledger, indexed) in progress.Where(p => p.Value > sizes.GetValueOrDefault(p.Key)))
        {
            stalled.Add(ledger, new InvalidOperationException($"The index has {indexed} entries of {ledger}, which has {sizes.GetValueOrDefault(ledger)}."));
        }

        foreach (var head in heads)
        {
            try
            {
                // Also of one that is behind the index: there is nothing to read.
                await ReadAsync(chunk, head, progress.GetValueOrDefault(head.Ledger), cancellationToken);
            }
            catch (Exception e) when (e is FormatException or LedgerStoreException { Reason: LedgerStoreFailure.Corrupt })
            {
                stalled.Add(head.Ledger, e);
            }
        }

        await chunk.ApplyAsync(cancellationToken);

        // INVARIANT: behind the last ledger that was read, since reading may find damage.
        if (upkeep?.KnownDamage() is { Count: > 0 } known)
        {
            KnownDamages.Tell(known, await index.GetProgressAsync(cancellationToken), sizes, stalled);
        }

        return new AuditCatchUp(chunk.Applied, stalled);
    }

    private async Task ReadAsync(Chunk chunk, LedgerHead head, long from, CancellationToken cancellationToken)
    {
        if (from >= head.Size)
        {
            return;
        }

        await foreach (var entry in store.ReadAsync(head.Ledger, from, head.Size, cancellationToken))
        {
            await chunk.AddAsync(AuditProjection.Read(head.Ledger, entry), cancellationToken);
            from++;
        }

        if (from < head.Size)
        {
            throw new FormatException($"Entry {from} of {head.Ledger} is missing.");
        }
    }

    /// <summary>Records of any ledgers that enter the index in one transaction: with many ledgers the cost lies in the commits.</summary>
    private sealed class Chunk(IAuditSink index)
    {
        private readonly List<AuditRecord> _records = new(ChunkSize);

        public long Applied { get; private set; }

        public async ValueTask AddAsync(AuditRecord record, CancellationToken cancellationToken)
        {
            _records.Add(record);
            if (_records.Count == ChunkSize)
            {
                await ApplyAsync(cancellationToken);
            }
        }

        public async ValueTask ApplyAsync(CancellationToken cancellationToken)
        {
            if (_records.Count > 0)
            {
                await index.ApplyAsync(_records, cancellationToken);
                Applied += _records.Count;
                _records.Clear();
            }
        }
    }
}
