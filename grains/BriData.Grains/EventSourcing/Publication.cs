using BriData.Contracts;

namespace BriData.Grains.EventSourcing;

/// <summary>Telling others of a change that is already on the teller's own ledger.</summary>
internal static class Publication
{
    /// <summary>Tells each in turn; null once all have it, otherwise the first refusal.</summary>
    public static async Task<Refusal?> TellAllAsync(IEnumerable<string> all, Func<string, Task<Reply<bool>>> tell)
    {
        // A copy: while one is told, others may be linked.
        foreach (var whom in all.ToArray())
        {
            if (await TellAsync(whom, () => tell(whom)) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Null once the other has the change on its ledger; otherwise the refusal for the caller.</summary>
    /// <param name="whom">Identifier of the agreement or agency to be told.</param>
    /// <param name="tell">The call.</param>
    private static async Task<Refusal?> TellAsync(string whom, Func<Task<Reply<bool>>> tell)
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
