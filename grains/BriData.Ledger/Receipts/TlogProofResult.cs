using BriData.Ledger.Notes;

namespace BriData.Ledger.Receipts;

/// <summary>What checking a receipt gave.</summary>
/// <param name="Problem">Why it does not hold, for a person to read; null when it holds.</param>
/// <param name="Checkpoint">The checkpoint it rests on; null when it does not hold.</param>
/// <param name="Witnesses">How many of the witnesses asked for have cosigned it.</param>
public sealed record TlogProofResult(string? Problem, Checkpoint? Checkpoint, int Witnesses = 0)
{
    public bool IsValid => Problem is null;
}
