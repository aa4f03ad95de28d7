namespace BriData.Storage.Sqlite.Payloads;

/// <summary>Carries the sender's I/O error past the handler of the storage's.</summary>
internal sealed class PayloadSourceException(IOException cause) : Exception(cause.Message, cause)
{
    public IOException Cause { get; } = cause;
}
