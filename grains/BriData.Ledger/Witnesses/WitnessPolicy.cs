using System.Collections.Immutable;
using BriData.Ledger.Notes;

namespace BriData.Ledger.Witnesses;

/// <summary>A witness that somebody trusts.</summary>
/// <param name="Key">Its public key.</param>
/// <param name="Url">Its submission prefix (C2SP tlog-witness).</param>
public sealed record Witness(CosignatureVerifier Key, Uri Url);

/// <summary>Witnesses named by one party, and how many of them must cosign.</summary>
/// <param name="Name">The party.</param>
/// <param name="Members">Its witnesses, each of another key.</param>
/// <param name="Quorum">From 0 to the number of members.</param>
public sealed record WitnessGroup(string Name, ImmutableArray<Witness> Members, int Quorum)
{
    /// <summary>Whether as many members as needed have cosigned a checkpoint.</summary>
    public bool IsSatisfiedBy(SignedNote checkpoint) => Members.Count(member => member.Key.Find(checkpoint) is not null) >= Quorum;
}

/// <summary>What a checkpoint of one ledger needs: every group reaches its quorum. Without groups nobody is asked.</summary>
/// <param name="Groups">One per party that has named witnesses.</param>
public sealed record WitnessPolicy(ImmutableArray<WitnessGroup> Groups)
{
    /// <summary>Most cosignatures that a readable checkpoint bears beside the log's signature.</summary>
    public const int MaxCosignatures = SignedNote.MaxSignatures - 1;

    /// <summary>Asks nobody.</summary>
    public static WitnessPolicy None { get; } = new([]);

    public bool IsEmpty => Groups.IsEmpty;

    /// <summary>
    /// Every witness once, also one that several parties name. A key under two addresses is two: who names another's witness
    /// at a dead one takes nothing from it.
    /// </summary>
    public IEnumerable<Witness> Witnesses => Groups.SelectMany(group => group.Members).DistinctBy(witness => (witness.Key.VerifierKey, witness.Url));

    /// <summary>Whether every group has reached its quorum; nothing reaches that of an empty policy.</summary>
    public bool IsSatisfiedBy(SignedNote checkpoint) => !IsEmpty && Groups.All(group => group.IsSatisfiedBy(checkpoint));

    /// <summary>
    /// Who has not cosigned a checkpoint; of those, once it bears as many signatures as every client reads, only the members of
    /// groups that wait for one.
    /// </summary>
    public IEnumerable<Witness> Missing(SignedNote checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var waiting = checkpoint.Signatures.Length < SignedNote.AlwaysRead ? this : new([.. Groups.Where(group => !group.IsSatisfiedBy(checkpoint))]);
        return waiting.Witnesses.Where(witness => witness.Key.Find(checkpoint) is null);
    }

    /// <summary>
    /// A checkpoint with what it needs of these verified cosignatures, one per key: for each group in order as many as its
    /// quorum, those first that another group needs too, then in the members' order. Others are kept, in that order, while every
    /// client reads as many signatures. Never more than <see cref="MaxCosignatures"/> beside the log's signature.
    /// </summary>
    /// <param name="checkpoint">The checkpoint as the log signed it.</param>
    /// <param name="cosignatures">Signatures on it; those of nobody in the policy are left out.</param>
    public SignedNote Cosigned(SignedNote checkpoint, IEnumerable<NoteSignature> cosignatures)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(cosignatures);
        NoteSignature[] there = [.. cosignatures.DistinctBy(KeyOf)];
        var keys = there.Select(KeyOf).ToHashSet();
        var kept = new HashSet<(string, uint)>();
        foreach (var group in Groups)
        {
            kept.UnionWith([.. Known(group).OrderByDescending(kept.Contains).Take(group.Quorum)]);
        }

        var room = SignedNote.AlwaysRead - checkpoint.Signatures.Length - kept.Count;
        kept.UnionWith([.. Groups.SelectMany(Known).Distinct().Where(key => !kept.Contains(key)).Take(Math.Max(0, room))]);

        // As they came, so that a later one does not move those that were shown before it.
        return checkpoint.With(there.Where(signature => kept.Contains(KeyOf(signature))).Take(SignedNote.MaxSignatures - checkpoint.Signatures.Length));

        IEnumerable<(string, uint)> Known(WitnessGroup group) => group.Members.Select(member => (member.Key.Name, member.Key.KeyId)).Where(keys.Contains);
    }

    private static (string Name, uint KeyId) KeyOf(NoteSignature signature) => (signature.Name, signature.KeyId);
}
