using System.Text.Json;

namespace BriData.Entries.Events;

/// <summary>A grain's state at one size of its ledger, stored through Orleans grain storage. It only saves time.</summary>
public sealed class LedgerSnapshot
{
    /// <summary>Version of the state's shape.</summary>
    public int Version { get; set; }

    /// <summary>Number of entries folded in.</summary>
    public long Size { get; set; }

    /// <summary>Merkle root of the ledger at <see cref="Size"/>, lower hex; a snapshot of another history is not used.</summary>
    public string Root { get; set; } = "";

    /// <summary>The state.</summary>
    public JsonElement State { get; set; }
}
