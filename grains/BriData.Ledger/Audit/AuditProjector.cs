using BriData.Ledger.Storage;

namespace BriData.Ledger.Audit;

/// <summary>Brings an audit index up to date with a ledger store. One caller at a time; running it twice is harmless.</summary>
public sealed class AuditProjector(ILedgerStore store, IAuditIndex index)
{
    private const int ChunkSize = 500;

    /// <summary>
    /// Indexes what is committed but not indexed yet, ledger by ledger, in chunks of at most 500. A ledger that cannot be
    /// indexed further does not hold up the others: its trouble is thrown when they are done.
    /// </summary>
    /// <returns>The number of entries applied.</returns>
    /// <exception cref="FormatException">An entry is malformed. All entries before it, and all other ledgers, are indexed.</exception>
    /// <exception cref="InvalidOperationException">The index is ahead of a ledger; it belongs to other ledgers and is to be rebuilt.</exception>
    public async Task<long> CatchUpAsync(CancellationToken cancellationToken = default)
    {
        var progress = await index.GetProgressAsync(cancellationToken);
        var heads = new List<LedgerHead>();
        await foreach (var head in store.ListAsync(cancellationToken))
        {
            heads.Add(head);
        }

        var sizes = heads.ToDictionary(static head => head.Ledger, static head => head.Size);
        foreach (var (ledger, indexed) in progress)
        {
            if (indexed > sizes.GetValueOrDefault(ledger))
            {
                throw new InvalidOperationException($"The index has {indexed} entries of {ledger}, which has {sizes.GetValueOrDefault(ledger)}.");
            }
        }

        var applied = 0L;
        FormatException? trouble = null;
        foreach (var head in heads)
        {
            try
            {
                for (var from = progress.GetValueOrDefault(head.Ledger); from < head.Size;)
                {
                    var (count, problem) = await ApplyChunkAsync(head.Ledger, from, Math.Min(head.Size, from + ChunkSize), cancellationToken);
                    applied += count;
                    from += count;
                    if (problem is not null)
                    {
                        throw problem;
                    }
                }
            }
            catch (FormatException e)
            {
                trouble ??= e;
            }
        }

        return trouble is null ? applied : throw trouble;
    }

    private async Task<(int Count, FormatException? Problem)> ApplyChunkAsync(LedgerId ledger, long from, long to, CancellationToken cancellationToken)
    {
        var records = new List<AuditRecord>((int)(to - from));
        FormatException? problem = null;
        await foreach (var entry in store.ReadAsync(ledger, from, to, cancellationToken))
        {
            try
            {
                records.Add(AuditProjection.Read(ledger, entry));
            }
            catch (FormatException e)
            {
                problem = e;
                break;
            }
        }

        if (records.Count > 0)
        {
            await index.ApplyAsync(records, cancellationToken);
        }
        else
        {
            problem ??= new FormatException($"Entry {from} of {ledger} is missing.");
        }

        return (records.Count, problem);
    }
}
