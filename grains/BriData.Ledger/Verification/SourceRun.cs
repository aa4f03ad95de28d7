using System.Collections.Immutable;
using BriData.Ledger.Merkle;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;

namespace BriData.Ledger.Verification;

/// <summary>One verification of one source.</summary>
internal sealed class SourceRun<T>(ILedgerSource source, SourceVerification how, IEntryReader<T> reader)
{
    private readonly BundleChecker<T> _bundles = new(source, reader, how.CanonicalEntries);
    private readonly RootAccumulator _roots = new();
    private readonly List<LedgerFinding> _findings = [];
    private readonly List<(Checkpoint Checkpoint, string What)> _prefixes = [];
    private UpperTiles? _upper;

    public LedgerId? Ledger { get; private set; }

    public Checkpoint? Checkpoint { get; private set; }

    public long? Witnessed { get; private set; }

    public long Entries => _roots.Size;

    public Hash256 Root() => _roots.Root();

    /// <summary>What has been found, also when the run ended before its time.</summary>
    public ImmutableArray<LedgerFinding> Findings => [.. _findings];

    /// <exception cref="SourceProblemException">Something after which nothing more can be said.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var head = await HeadAsync(cancellationToken);
        _upper = new UpperTiles(source, cancellationToken);
        CheckPrefixes(null);
        await CheckBundlesAsync(head, cancellationToken);
        if (_upper is not null && await _upper.FinishAsync() is { } finding)
        {
            _findings.Add(finding);
        }

        if (_roots.Root() != head.Root)
        {
            _findings.Insert(0, new LedgerFinding(
                TreeCodes.RootDiffers, null, LedgerPaths.Checkpoint, $"The {head.Size} entries hash to {_roots.Root()}, the checkpoint says {head.Root}."));
        }
    }

    private async Task<Checkpoint> HeadAsync(CancellationToken cancellationToken)
    {
        var checkpoints = new CheckpointReader(source, how);
        var (ledger, key) = await checkpoints.IdentifyAsync(cancellationToken);
        Ledger = ledger;

        // The witnessed one first: the ledger may grow in between, and it is never ahead of the newest.
        var witnessed = await checkpoints.ReadAsync(LedgerPaths.WitnessedCheckpoint, key, cancellationToken);
        var (note, head) = await checkpoints.ReadAsync(LedgerPaths.Checkpoint, key, cancellationToken)
            ?? throw SourceProblemException.Of(TreeCodes.CheckpointMissing, null, LedgerPaths.Checkpoint, "There is no checkpoint.");
        Checkpoint = head;
        _prefixes.AddRange(how.Earlier.Select(e => (e, "earlier checkpoint")));
        if (witnessed is { } covered)
        {
            _prefixes.Add((covered.Checkpoint, "witnessed checkpoint"));
        }

        CountWitnesses(note, head, witnessed);
        foreach (var (earlier, what) in _prefixes.Where(p => p.Checkpoint.Size > head.Size))
        {
            _findings.Add(new LedgerFinding(
                TreeCodes.RolledBack, head.Size, LedgerPaths.Checkpoint, $"The ledger ends at {head.Size}; the {what} has {earlier.Size} entries. What follows was taken back."));
        }

        return head;
    }

    private void CountWitnesses(SignedNote note, Checkpoint head, (SignedNote Note, Checkpoint Checkpoint)? witnessed)
    {
        if (how.Witnesses.Count == 0)
        {
            return;
        }

        var newest = WitnessCheck.Count(note, how.Witnesses, LedgerPaths.Checkpoint);
        var older = witnessed is { } w ? WitnessCheck.Count(w.Note, how.Witnesses, LedgerPaths.WitnessedCheckpoint) : 0;
        Witnessed = newest >= how.Quorum ? head.Size : older >= how.Quorum ? witnessed?.Checkpoint.Size : null;
        if (WitnessCheck.Missing(Math.Max(newest, older), how.Witnesses.Count, how.Quorum) is { } finding)
        {
            _findings.Add(finding);
        }
    }

    private async Task CheckBundlesAsync(Checkpoint head, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var count = (head.Size + TileMath.Width - 1) / TileMath.Width;
        var ahead = new Queue<Task<CheckedBundle<T>>>();
        try
        {
            for (long next = 0, done = 0; done < count; done++)
            {
                for (; next < count && ahead.Count < how.Parallelism; next++)
                {
                    var (index, width) = (next, (int)Math.Min(TileMath.Width, head.Size - (next * TileMath.Width)));
                    ahead.Enqueue(Task.Run(() => _bundles.CheckAsync(index, width, stop.Token), stop.Token));
                }

                await TakeAsync(await ahead.Dequeue(), head, cancellationToken);
                how.Progress?.Invoke(_roots.Size);
            }
        }
        finally
        {
            // Those behind the first problem, in the order of the ledger, are of no interest any more.
            await stop.CancelAsync();
            foreach (var left in ahead)
            {
                await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async ValueTask TakeAsync(CheckedBundle<T> bundle, Checkpoint head, CancellationToken cancellationToken)
    {
        var same = bundle.Stored.Span.CommonPrefixLength(bundle.Hashes) / Hash256.ByteCount;
        if (same < bundle.Width)
        {
            throw await BlameAsync(bundle, same, head, cancellationToken);
        }

        if (bundle.Problem is { } problem)
        {
            throw new SourceProblemException(problem);
        }

        CheckPrefixes(bundle);
        if (bundle.IsFull)
        {
            _roots.AddSubtree(bundle.Subtree, TileMath.Height);
            if (_upper is not null && await _upper.AddAsync(bundle.Subtree) is { } finding)
            {
                // What lies above a wrong tile is wrong with it.
                _findings.Add(finding);
                _upper = null;
            }
        }
        else
        {
            for (var i = 0; i < bundle.Width; i++)
            {
                _roots.Add(bundle.Hash(i));
            }
        }

        for (var i = 0; i < bundle.Width; i++)
        {
            await reader.TakeAsync(bundle.First + i, bundle.Entries[i], cancellationToken);
        }
    }

    /// <summary>Says which of entry and tile was changed: the tile stands if what lies above it agrees with it.</summary>
    private async ValueTask<SourceProblemException> BlameAsync(CheckedBundle<T> bundle, int i, Checkpoint head, CancellationToken cancellationToken)
    {
        var index = bundle.First / TileMath.Width;
        var (entries, tile) = (TilePath.OfEntries(index, bundle.Width).ToString(), TilePath.OfHashes(0, index, bundle.Width).ToString());
        bool tileStands;
        if (bundle.IsFull)
        {
            var above = await BundleChecker<T>.HashesAsync(
                source, 1, index / TileMath.Width, TileMath.WidthOf(1, index / TileMath.Width, head.Size), bundle.First, cancellationToken);
            var offset = (int)(index % TileMath.Width) * Hash256.ByteCount;
            tileStands = Hash256.FromBytes(above.Span.Slice(offset, Hash256.ByteCount)) == MerkleHash.Complete(bundle.Stored.Span);
        }
        else
        {
            var whole = new RootAccumulator(_roots);
            for (var at = 0; at < bundle.Width; at++)
            {
                whole.Add(Hash256.FromBytes(bundle.Stored.Span.Slice(at * Hash256.ByteCount, Hash256.ByteCount)));
            }

            tileStands = whole.Root() == head.Root;
        }

        return tileStands
            ? SourceProblemException.Of(TreeCodes.EntryChanged, bundle.First + i, entries, $"Entry {bundle.First + i} in {entries} does not have the hash that {tile} and the tree above it have for it.")
            : SourceProblemException.Of(TreeCodes.TileChanged, bundle.First + i, tile, $"Hash {i} of {tile} is neither that of entry {bundle.First + i} nor what the tree above it says.");
    }

    /// <summary>Compares the roots at the sizes that fall into a bundle; with null, at size 0.</summary>
    private void CheckPrefixes(CheckedBundle<T>? bundle)
    {
        var (start, end) = (_roots.Size, _roots.Size + (bundle?.Width ?? 0));
        foreach (var (earlier, what) in _prefixes.Where(p => bundle is null ? p.Checkpoint.Size == 0 : p.Checkpoint.Size > start && p.Checkpoint.Size <= end))
        {
            var roots = new RootAccumulator(_roots);
            for (var i = 0; roots.Size < earlier.Size; i++)
            {
                roots.Add(bundle!.Hash(i));
            }

            if (roots.Root() != earlier.Root)
            {
                _findings.Add(new LedgerFinding(
                    TreeCodes.Forked,
                    null,
                    LedgerPaths.Checkpoint,
                    $"The first {earlier.Size} entries hash to {roots.Root()}; the {what} of that size says {earlier.Root}. The ledger has shown two histories."));
            }
        }
    }
}
