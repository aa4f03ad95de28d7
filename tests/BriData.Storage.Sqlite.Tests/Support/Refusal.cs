using BriData.Ledger.Storage;

namespace BriData.Storage.Sqlite.Tests.Support;

internal static class Refusal
{
    public static async Task<LedgerStoreException> OfAsync(Task append, LedgerStoreFailure reason)
    {
        var refusal = await Assert.ThrowsAsync<LedgerStoreException>(() => append.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(reason, refusal.Reason);
        return refusal;
    }
}
