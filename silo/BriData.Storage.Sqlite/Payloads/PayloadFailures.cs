using BriData.Ledger.Payloads;

namespace BriData.Storage.Sqlite.Payloads;

/// <summary>The one place where the file system's errors become the payload store's.</summary>
internal static class PayloadFailures
{
    private const int UnixNoSpace = 28;
    private const int UnixQuotaExceeded = 122;
    private const int MacQuotaExceeded = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static bool IsStorage(Exception error) => error is IOException or UnauthorizedAccessException;

    public static PayloadStoreException Translate(Exception error)
    {
        var full = error is IOException && error.HResult is UnixNoSpace or UnixQuotaExceeded or MacQuotaExceeded or WindowsDiskFull;
        return new PayloadStoreException(full, full ? "There is no room for the payload." : "The payload storage is unavailable.", error);
    }
}
