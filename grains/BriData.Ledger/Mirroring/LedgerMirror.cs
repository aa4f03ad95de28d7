using System.Text;
using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;

namespace BriData.Ledger.Mirroring;

/// <summary>
/// Copies a ledger into a folder, only what is new, and checks it on the way: signature, every hash, and that it continues
/// what the folder holds. The checkpoint is written last, so that a run that ends early leaves the folder as good as before;
/// the next run takes up what it left.
/// </summary>
public sealed class LedgerMirror(ILedgerSource source, string folder, MirrorOptions options)
{
    /// <summary>Brings the folder up to the source's checkpoint.</summary>
    /// <exception cref="MirrorProblemException">
    /// The source offers something else than a continuation. When it is another history or an older one, the offered
    /// checkpoint is kept under <c>refused/</c> beside the held one: both are signed, which is proof.
    /// </exception>
    /// <exception cref="LedgerSourceException">Source or folder cannot be read.</exception>
    /// <exception cref="IOException">The folder cannot be written, or another run is at work in it.</exception>
    public async Task<MirrorResult> RunAsync(CancellationToken cancellationToken = default)
    {
        using var target = MirrorFolder.Open(folder);
        var (description, key) = await PinAsync(target, cancellationToken);
        var held = await OpenAsync(target.Source, LedgerPaths.Checkpoint, key, cancellationToken);
        var seen = await HeldWitnessedAsync(target, key, cancellationToken);
        var (note, head) = await OpenAsync(source, LedgerPaths.Checkpoint, key, cancellationToken)
            ?? throw new LedgerSourceException($"{source.Location} has no checkpoint.");
        if (!target.Has(LedgerPaths.Description))
        {
            await target.WriteAsync(LedgerPaths.Description, description.Write(), cancellationToken);
        }

        var before = held?.Checkpoint.Size ?? 0;
        if (head.Size < before)
        {
            throw await RefuseAsync(target, note, head, $"the folder holds {before} entries, signed by the same key: the ledger was rolled back", cancellationToken);
        }

        // Before any tile is asked for: who shows another history may not have the tiles of it.
        if (held is { } same && head.Size == before && head.Root != same.Checkpoint.Root)
        {
            throw await RefuseAsync(target, note, head, OtherHistory(before), cancellationToken);
        }

        var from = options.Repair ? 0 : before;
        var tiles = new MirrorTiles(source, target, head, from, options.Parallelism);
        await tiles.LoadAsync(cancellationToken);
        if (held is { } known && await tiles.RootAtAsync(before, cancellationToken) != known.Checkpoint.Root)
        {
            throw await RefuseAsync(target, note, head, OtherHistory(before), cancellationToken);
        }

        await tiles.WriteAsync(cancellationToken);
        await new MirrorEntries(source, target, head.Size, options).CopyAsync(tiles, from, cancellationToken);
        var witnessed = await WitnessedAsync(target, tiles, key, head, from, cancellationToken);
        await target.WriteAsync(LedgerPaths.Checkpoint, Encoding.UTF8.GetBytes(note), cancellationToken);

        // Behind the head: whenever the run ends, the folder holds no more of what witnesses saw than of the ledger.
        if (witnessed is var (cosigned, covered) && covered.Size >= seen)
        {
            await target.WriteAsync(LedgerPaths.WitnessedCheckpoint, Encoding.UTF8.GetBytes(cosigned), cancellationToken);
        }

        target.RemoveSuperseded(head.Size);
        return new MirrorResult(description.Ledger, before, head.Size);
    }

    /// <summary>Which ledger the folder is for and whose signature counts: decided once, by the first run.</summary>
    private async Task<(LedgerDescription Description, NoteVerifier Key)> PinAsync(MirrorFolder target, CancellationToken cancellationToken)
    {
        var offered = await source.DescribeAsync(cancellationToken);
        var pinned = target.Has(LedgerPaths.Description)
            ? await target.Source.DescribeAsync(cancellationToken)
            : offered with { Vkey = options.Vkey ?? offered.Vkey };
        return pinned.Ledger == offered.Ledger
            ? (pinned, KeyOf(pinned.Vkey, options.Vkey ?? offered.Vkey))
            : throw new MirrorProblemException($"{folder} is for {pinned.Ledger}, {source.Location} is {offered.Ledger}.");
    }

    private static NoteVerifier KeyOf(string trusted, string other)
    {
        if (trusted != other)
        {
            throw new MirrorProblemException($"The folder was made for the key {trusted}, now {other} is stated.");
        }

        return NoteVerifier.TryParse(trusted, out var key) ? key : throw new MirrorProblemException($"'{trusted}' is not an Ed25519 note verifier key.");
    }

    private static async Task<(string Note, Checkpoint Checkpoint)?> OpenAsync(ILedgerSource where, string path, NoteVerifier key, CancellationToken cancellationToken)
    {
        try
        {
            return await where.ReadNoteAsync(path, cancellationToken) is { } note ? (note, Checkpoint.Open(note, key)) : null;
        }
        catch (FormatException e)
        {
            throw new MirrorProblemException($"The {path} of {where.Location} does not stand: {e.Message}", innerException: e);
        }
    }

    /// <summary>Size of the witnessed checkpoint that the folder holds; 0 for one that is not there or does not stand, which is replaced.</summary>
    private static async Task<long> HeldWitnessedAsync(MirrorFolder target, NoteVerifier key, CancellationToken cancellationToken)
    {
        try
        {
            return (await OpenAsync(target.Source, LedgerPaths.WitnessedCheckpoint, key, cancellationToken))?.Checkpoint.Size ?? 0;
        }
        catch (MirrorProblemException)
        {
            return 0;
        }
    }

    // Witnesses come behind the head: what they have seen must lie within it.
    private async Task<(string Note, Checkpoint Checkpoint)?> WitnessedAsync(
        MirrorFolder target, MirrorTiles tiles, NoteVerifier key, Checkpoint head, long from, CancellationToken cancellationToken)
    {
        if (await OpenAsync(source, LedgerPaths.WitnessedCheckpoint, key, cancellationToken) is not var (note, witnessed) || witnessed.Size > head.Size)
        {
            return null;
        }

        // Below what was proved now the folder has proved before.
        var root = witnessed.Size >= from
            ? await tiles.RootAtAsync(witnessed.Size, cancellationToken)
            : await FolderRootAsync(target, witnessed.Size, head.Size, cancellationToken);
        if (root != witnessed.Root)
        {
            throw await RefuseAsync(target, note, witnessed, "the witnessed checkpoint is of another history than the newest one", cancellationToken);
        }

        return (note, witnessed);
    }

    private async Task<Hash256> FolderRootAsync(MirrorFolder target, long size, long held, CancellationToken cancellationToken)
    {
        var reader = new TileReader(
            async (level, index) => await target.Source.ReadHashesAsync(level, index, TileMath.WidthOf(level, index, held), cancellationToken) ?? default, Damaged);
        try
        {
            return await reader.RootAsync(size);
        }
        catch (FormatException e)
        {
            throw Damaged(e.Message);
        }

        MirrorProblemException Damaged(string problem) => new($"{folder} is damaged and must be repaired: {problem}");
    }

    private static string OtherHistory(long size) => $"the first {size} entries are not those of the held checkpoint: the key has signed two histories";

    private async Task<MirrorProblemException> RefuseAsync(MirrorFolder target, string note, Checkpoint offered, string why, CancellationToken cancellationToken)
    {
        var kept = await target.KeepRefusedAsync(note, offered.Size, cancellationToken);
        return new MirrorProblemException($"{source.Location} offers a checkpoint of {offered.Size} entries, and {why}. The offered checkpoint is kept at {kept}.");
    }
}
