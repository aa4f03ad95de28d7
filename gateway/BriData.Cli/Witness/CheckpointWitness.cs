using System.Collections.Concurrent;
using System.Collections.Immutable;
using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;
using BriData.Ledger.Witnesses;

namespace BriData.Cli.Witness;

/// <summary>
/// Cosigns a log's checkpoints, each an extension of the one before (C2SP tlog-witness). Nothing leaves before it is on the
/// disk, and one checkpoint per log is looked at a time, so no two cosignatures ever speak of different histories.
/// </summary>
internal sealed partial class CheckpointWitness(
    CosignatureSigner signer, WitnessedLogs logs, HeldCheckpoints held, Evidence evidence, TimeProvider time, ILogger logger)
{
    /// <summary>How far the clock may fall behind the last cosignature, as it does when it is corrected.</summary>
    private static readonly TimeSpan MaxSetBack = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <summary>Answers an <c>add-checkpoint</c> request.</summary>
    public async Task<WitnessAnswer> AddAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (!AddCheckpointRequest.TryParse(body.Span, out var request))
        {
            return WitnessAnswer.Malformed;
        }

        var keys = logs.Find(request.Checkpoint.Origin);
        if (keys.IsEmpty)
        {
            return WitnessAnswer.UnknownLog;
        }

        if (!request.Note.IsSignedBy(keys.AsSpan()))
        {
            return WitnessAnswer.NotSigned;
        }

        if (request.OldSize > request.Checkpoint.Size)
        {
            return WitnessAnswer.OldBeyondNew;
        }

        // Only origins that are served get a gate, so there are no more of them than lines in the list.
        var gate = _gates.GetOrAdd(request.Checkpoint.Origin, static _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            return Judge(request, keys);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The latest cosigned checkpoint of the log whose origin has this lower hex SHA-256; null when there is none.</summary>
    public string? Latest(string originHash) => held.FindByName(originHash)?.Note.Write();

    private WitnessAnswer Judge(AddCheckpointRequest request, ImmutableArray<NoteVerifier> keys)
    {
        var (checkpoint, latest) = (request.Checkpoint, held.Find(request.Checkpoint.Origin));
        var (size, root) = latest is null ? (0, MerkleHash.EmptyRoot) : (latest.Checkpoint.Size, latest.Checkpoint.Root);

        // Signatures by keys that nobody vouches for are neither kept nor shown, and a repeated one is kept once: there must be
        // room for the witness's own.
        var signed = request.Note.WithOnly(request.Note.Signatures
            .Where(signature => keys.Any(key => key.Claims(signature)))
            .DistinctBy(signature => (signature.Name, signature.KeyId))
            .Take(SignedNote.MaxSignatures - 1));
        var forked = latest is not null && checkpoint.Size == size && checkpoint.Root != root;
        if (request.OldSize != size)
        {
            if (forked)
            {
                evidence.Keep(latest!, request, signed);
            }

            return WitnessAnswer.Held(size);
        }

        if (checkpoint.Size == 0 && checkpoint.Root != MerkleHash.EmptyRoot)
        {
            return WitnessAnswer.Inconsistent;
        }

        if (!ProofVerifier.VerifyConsistency(size, root, checkpoint.Size, checkpoint.Root, request.Proof))
        {
            if (latest is not null && (forked || checkpoint.Size != size))
            {
                evidence.Keep(latest, request, signed);
            }

            return WitnessAnswer.Inconsistent;
        }

        return Cosign(signed, checkpoint, latest);
    }

    private WitnessAnswer Cosign(SignedNote signed, Checkpoint checkpoint, HeldCheckpoint? latest)
    {
        var clock = time.GetUtcNow().ToUnixTimeSeconds();
        if (latest is not null && latest.Time - clock > (long)MaxSetBack.TotalSeconds)
        {
            // Either clock may be the wrong one; a time that is known to be far from it is not signed.
            LogClock(logger, checkpoint.Origin, DateTimeOffset.FromUnixTimeSeconds(latest.Time), time.GetUtcNow());
            return WitnessAnswer.ClockBehind;
        }

        // A clock that was set back must not make a larger tree older than a smaller one.
        var now = Math.Max(clock, latest?.Time ?? 1);
        var cosignature = signer.Sign(signed.Text, now);
        try
        {
            held.Replace(new HeldCheckpoint(signed.With(cosignature), checkpoint, now));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(logger, e, checkpoint.Origin);
            return WitnessAnswer.NotWritten;
        }

        return WitnessAnswer.Cosigned(cosignature);
    }

    [LoggerMessage(6, LogLevel.Critical, "The state of {Origin} could not be written; its checkpoint was not cosigned")]
    private static partial void LogNotWritten(ILogger logger, Exception exception, string origin);

    [LoggerMessage(7, LogLevel.Critical, "The last checkpoint of {Origin} was cosigned at {Held}, the clock says {Clock}; nothing of it is cosigned until the clock is right")]
    private static partial void LogClock(ILogger logger, string origin, DateTimeOffset held, DateTimeOffset clock);
}
