namespace BriData.Ledger.Mirroring;

/// <summary>A source of ledger resources cannot be read: refused, unreachable, or the file system failed.</summary>
public sealed class LedgerSourceException(string message, Exception? innerException = null) : Exception(message, innerException);
