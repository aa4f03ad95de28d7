using BriData.Contracts;

namespace BriData.Grains.EventSourcing;

/// <summary>Telling an agreement of a change that is already on the teller's own ledger.</summary>
internal static class Publication
{
    /// <summary>Null once the agreement has the change on its ledger; otherwise the refusal for the caller.</summary>
    public static async Task<Refusal?> TellAsync(string agreement, Func<Task<Reply<bool>>> tell)
    {
        Refusal? refusal;
        try
        {
            refusal = (await tell()).Refusal;
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            refusal = new Refusal(ErrorCodes.ClusterUnavailable, e.Message);
        }

        return refusal is null
            ? null
            : new Refusal(
                ErrorCodes.PublicationPending,
                $"The change is on record, but agreement '{agreement}' could not be told yet ({refusal.Code}). Repeat the call with the same Idempotency-Key.");
    }
}
