using BriData.Entries.Visibility;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;

namespace BriData.Grains.Audit;

/// <summary>An entry as one reader may see it.</summary>
/// <param name="Record">Its searchable fields, as far as the reader sees them.</param>
/// <param name="Stored">The entry as stored; its body is not for a reader who has a limited view.</param>
/// <param name="Limited">The view of a regulator; null for one who sees the whole entry.</param>
internal sealed record ShownEntry(AuditRecord Record, StoredEntry Stored, LimitedEntry? Limited);
