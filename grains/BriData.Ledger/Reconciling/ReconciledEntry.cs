namespace BriData.Ledger.Reconciling;

/// <summary>An entry of one copy.</summary>
/// <param name="Index">Where it stands.</param>
/// <param name="LeafHash">Its hash, RFC 6962.</param>
/// <param name="Body">Its bytes.</param>
public sealed record ReconciledEntry(long Index, Hash256 LeafHash, ReadOnlyMemory<byte> Body);

/// <summary>Two entries of which each copy has one, at the same place.</summary>
public sealed record DifferentEntry(ReconciledEntry A, ReconciledEntry B);

/// <summary>An entry that both copies have, at different places.</summary>
public sealed record MovedEntry(long IndexInA, long IndexInB, Hash256 LeafHash);
