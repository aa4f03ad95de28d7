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
}

/// <param name="Id">Ledger identifier.</param>
/// <param name="Size">Entries.</param>
/// <param name="Vkey">C2SP note verifier key; its name is the checkpoint's origin.</param>
[GenerateSerializer, Immutable, Alias("bridata.ledger-view")]
public sealed record LedgerView([property: Id(0)] string Id, [property: Id(1)] long Size, [property: Id(2)] string Vkey);

[GenerateSerializer, Immutable, Alias("bridata.ledger-list")]
public sealed record LedgerList([property: Id(0)] ImmutableArray<LedgerView> Items);
