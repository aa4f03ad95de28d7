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
    /// <summary>Asks nobody.</summary>
    public static WitnessPolicy None { get; } = new([]);

    public bool IsEmpty => Groups.IsEmpty;

    /// <summary>Every witness once, also one that several parties name.</summary>
    public IEnumerable<Witness> Witnesses => Groups.SelectMany(group => group.Members).DistinctBy(witness => witness.Key.VerifierKey);

    /// <summary>Whether every group has reached its quorum; nothing reaches that of an empty policy.</summary>
    public bool IsSatisfiedBy(SignedNote checkpoint) => !IsEmpty && Groups.All(group => group.IsSatisfiedBy(checkpoint));
}
