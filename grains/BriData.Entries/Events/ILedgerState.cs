using System.Text.Json.Serialization.Metadata;

namespace BriData.Entries.Events;

/// <summary>
/// State that is the fold of a ledger. <see cref="Apply"/> is deterministic, reads no clock, and does not throw for an entry
/// that a grain of this or an earlier version has written.
/// </summary>
internal interface ILedgerState<TSelf>
    where TSelf : ILedgerState<TSelf>
{
    /// <summary>Raised when the meaning or shape of a snapshot changes; an older snapshot is then ignored and the ledger folded anew.</summary>
    static abstract int SnapshotVersion { get; }

    static abstract JsonTypeInfo<TSelf> JsonType { get; }

    void Apply(LedgerEvent entry, long index);
}
