using System.Collections.Immutable;

namespace BriData.Contracts.Ledgers;

/// <summary>Reads ledgers for those who may see them. Key: 0.</summary>
[Alias("bridata.ledgers")]
public interface ILedgerGrain : IGrainWithIntegerKey
{
    /// <summary>Ledgers of which the caller's country is a party; an auditor.</summary>
    [Alias("list")]
    Task<Reply<LedgerList>> ListAsync(Caller caller);

    /// <summary>The signed checkpoint (C2SP tlog-checkpoint) of the durable head, with the cosignatures known for exactly this head.</summary>
    [Alias("checkpoint")]
    Task<Reply<string>> GetCheckpointAsync(Caller caller, string ledger);

    /// <summary>The newest checkpoint that the ledger's witnesses have cosigned, each party's quorum of them.</summary>
    [Alias("witnessed-checkpoint")]
    Task<Reply<string>> GetWitnessedCheckpointAsync(Caller caller, string ledger);

    /// <summary>A <c>tlog-proof</c> file for the entry that recorded the transfer's decision; a party.</summary>
    [Alias("receipt")]
    Task<Reply<string>> GetReceiptAsync(Caller caller, string transfer);

    /// <summary>Hashes of a tile (C2SP tlog-tiles) as far as the durable head reaches; an auditor of a party.</summary>
    /// <param name="caller">The auditor.</param>
    /// <param name="ledger">Ledger identifier.</param>
    /// <param name="level">Level of the tile; level 0 holds leaf hashes.</param>
    /// <param name="index">Index within the level. A tile without any hash is refused as <c>unknown_tile</c>.</param>
    [Alias("tile")]
    Task<Reply<LedgerTile>> ReadTileAsync(Caller caller, string ledger, int level, long index);

    /// <summary>
    /// Entries with an index in [from, to), in order, as a bundle (C2SP tlog-tiles). A call gives at least one and as many
    /// as make about a mebibyte, since a bundle may be too large for one message; the next call goes on behind them. An
    /// auditor of a party.
    /// </summary>
    /// <param name="caller">The auditor.</param>
    /// <param name="ledger">Ledger identifier.</param>
    /// <param name="from">First index.</param>
    /// <param name="to">Index after the last. Refused as <c>unknown_tile</c> when it lies beyond the durable head.</param>
    [Alias("entries")]
    Task<Reply<LedgerEntries>> ReadEntriesAsync(Caller caller, string ledger, long from, long to);

    /// <summary>
    /// A document that entries name by its SHA-256: a rule pack or a classification scheme. An auditor or administrator of
    /// any member: who knows the digest has read an entry that names it, or the document.
    /// </summary>
    /// <param name="caller">The auditor or administrator.</param>
    /// <param name="sha256">64 lower-case hexadecimal digits.</param>
    [Alias("document")]
    Task<Reply<LedgerDocument>> ReadDocumentAsync(Caller caller, string sha256);
}

/// <param name="Id">Ledger identifier.</param>
/// <param name="Size">Entries.</param>
/// <param name="Vkey">C2SP note verifier key; its name is the checkpoint's origin.</param>
[GenerateSerializer, Immutable, Alias("bridata.ledger-view")]
public sealed record LedgerView([property: Id(0)] string Id, [property: Id(1)] long Size, [property: Id(2)] string Vkey);

[GenerateSerializer, Immutable, Alias("bridata.ledger-list")]
public sealed record LedgerList([property: Id(0)] ImmutableArray<LedgerView> Items, [property: Id(1)] string? Next = null);

/// <param name="Hashes">1 to 256 hashes of 32 bytes.</param>
[GenerateSerializer, Immutable, Alias("bridata.ledger-tile")]
public sealed record LedgerTile([property: Id(0)] ReadOnlyMemory<byte> Hashes);

/// <param name="Bundle">Entries, each behind its length as a big-endian uint16.</param>
/// <param name="Count">Their number, at least 1.</param>
[GenerateSerializer, Immutable, Alias("bridata.ledger-entries")]
public sealed record LedgerEntries([property: Id(0)] ReadOnlyMemory<byte> Bundle, [property: Id(1)] int Count);

/// <param name="Content">The document's bytes, at most 4 MiB.</param>
[GenerateSerializer, Immutable, Alias("bridata.ledger-document")]
public sealed record LedgerDocument([property: Id(0)] ReadOnlyMemory<byte> Content);
