using System.Text.Json.Serialization.Metadata;
using BriData.Entries.Events;

namespace BriData.Entries.Accesses;

/// <summary>The fold of <c>access/{cc}</c>. Nothing depends on past accesses, so it only counts them.</summary>
internal sealed class AccessState : ILedgerState<AccessState>
{
    public static int SnapshotVersion => 1;

    public static JsonTypeInfo<AccessState> JsonType => EventJson.Default.AccessState;

    public long Accesses { get; set; }

    public void Apply(LedgerEvent entry, long index) => Accesses += entry.Data is AuditAccessed ? 1 : 0;
}
