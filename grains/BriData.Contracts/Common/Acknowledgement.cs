namespace BriData.Contracts;

/// <summary>An act is on record.</summary>
/// <param name="Version">Version of the document or state after the act; serves as its ETag.</param>
/// <param name="Receipt">Where the act stands in the ledger.</param>
[GenerateSerializer, Immutable, Alias("bridata.acknowledgement")]
public sealed record Acknowledgement([property: Id(0)] int Version, [property: Id(1)] ReceiptReference Receipt);

/// <summary>Where an entry stands.</summary>
/// <param name="Ledger">Ledger identifier, <c>agreement/cn-kz-customs</c>.</param>
/// <param name="Index">Zero-based index of the entry.</param>
/// <param name="LeafHash">RFC 6962 leaf hash of the entry, lower hex.</param>
[GenerateSerializer, Immutable, Alias("bridata.receipt-reference")]
public sealed record ReceiptReference([property: Id(0)] string Ledger, [property: Id(1)] long Index, [property: Id(2)] string LeafHash);
