using System.Collections.Immutable;
using BriData.Ledger.Notes;

namespace BriData.Silo.Witnesses;

/// <summary>What a witness answered; nothing in it is verified yet.</summary>
internal abstract record WitnessReply
{
    /// <summary>It says that it cosigned.</summary>
    public sealed record Cosigned(ImmutableArray<NoteSignature> Signatures) : WitnessReply;

    /// <summary>It holds another size than the one the proof starts from.</summary>
    public sealed record Holds(long Size) : WitnessReply;

    /// <summary>It found that the checkpoint does not extend what it holds.</summary>
    public sealed record Inconsistent : WitnessReply;

    /// <summary>It does not serve this ledger, or answered with what is no answer.</summary>
    public sealed record Refused(string Reason) : WitnessReply;

    /// <summary>It cannot be reached, is overloaded or in trouble itself, whatever the ledger.</summary>
    public sealed record Unavailable(string Reason) : WitnessReply;
}
