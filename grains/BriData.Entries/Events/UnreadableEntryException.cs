namespace BriData.Entries.Events;

/// <summary>A ledger entry, or a snapshot, cannot be understood by this version.</summary>
internal sealed class UnreadableEntryException(string message, Exception? innerException = null) : Exception(message, innerException);
