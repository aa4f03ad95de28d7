using BriData.Contracts;

namespace BriData.Grains.EventSourcing;

/// <summary>Telling others of a change that is already on the teller's own ledger.</summary>
internal static class Publication
{
    /// <summary>Null once the other has the change on its ledger; otherwise the refusal for the caller.</summary>
    /// <param name="whom">Identifier of the agreement or agency to be told.</param>
    /// <param name="tell">The call.</param>
    public static async Task<Refusal?> TellAsync(string whom, Func<Task<Reply<bool>>> tell)
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
                $"The change is on record, but '{whom}' could not be told yet ({refusal.Code}). Repeat the call with the same Idempotency-Key.");
    }
}
