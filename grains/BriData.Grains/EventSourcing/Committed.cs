using BriData.Contracts;
using BriData.Ledger;

namespace BriData.Grains.EventSourcing;

/// <summary>What became of entries that were enqueued together.</summary>
/// <param name="First">Index of the first entry.</param>
/// <param name="LeafHashes">Leaf hash of each entry.</param>
/// <param name="Refusal">Why nothing was written, or null when all are durable.</param>
internal readonly record struct Committed(long First, ReadOnlyMemory<Hash256> LeafHashes, Refusal? Refusal);
