using System.Runtime.CompilerServices;
using BriData.Entries.Events;
using BriData.Entries.Transfers;
using BriData.Ledger;
using BriData.Ledger.Storage;

namespace BriData.Grains.Agreements;

/// <summary>
/// What the agreements' ledgers say of keys and payloads, read from the ledgers themselves: an index may be behind, and what
/// rests on this is destroyed for good.
/// </summary>
public sealed class AgreementRecords(ILedgerStore store)
{
    private const string Agreement = "agreement";

    // Canonical JSON has one way to write it, and a quotation mark within a text is escaped.
    private static ReadOnlySpan<byte> ErasedKind => "\"kind\":\"transfer.erased\""u8;

    private static ReadOnlySpan<byte> DepositedKind => "\"kind\":\"payload.deposited\""u8;

    /// <summary>The ledgers of all agreements.</summary>
    /// <exception cref="LedgerStoreException">They cannot be listed.</exception>
    public async Task<IReadOnlyList<LedgerId>> ListAsync(CancellationToken cancellationToken = default)
    {
        var ledgers = new List<LedgerId>();
        await foreach (var head in store.ListAsync(cancellationToken))
        {
            if (head.Ledger.Kind == Agreement)
            {
                ledgers.Add(head.Ledger);
            }
        }

        return ledgers;
    }

    /// <summary>Names of the keys whose erasure is on a ledger, whether it was carried out or not.</summary>
    /// <exception cref="LedgerStoreException">The ledger cannot be read.</exception>
    /// <exception cref="UnreadableEntryException">An entry cannot be read.</exception>
    public async IAsyncEnumerable<string> ErasedKeysAsync(LedgerId ledger, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var stored in store.ReadAsync(ledger, 0, long.MaxValue, cancellationToken))
        {
            if (stored.Body.Span.IndexOf(ErasedKind) < 0 || EventDecoder.Decode(stored.Body).Data is not TransferErased erased)
            {
                continue;
            }

            foreach (var key in erased.Keys)
            {
                yield return key;
            }
        }
    }

    /// <summary>Every payload that a ledger says was deposited, erased or not.</summary>
    /// <exception cref="LedgerStoreException">The ledger cannot be read.</exception>
    /// <exception cref="UnreadableEntryException">An entry cannot be read.</exception>
    public async IAsyncEnumerable<RecordedPayload> PayloadsAsync(LedgerId ledger, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var stored in store.ReadAsync(ledger, 0, long.MaxValue, cancellationToken))
        {
            if (stored.Body.Span.IndexOf(DepositedKind) >= 0 && EventDecoder.Decode(stored.Body).Data is PayloadDeposited deposited)
            {
                yield return new RecordedPayload(deposited.Jurisdiction, deposited.Reference, deposited.PayloadKey);
            }
        }
    }
}

/// <summary>A payload that a ledger names.</summary>
/// <param name="Jurisdiction">Where it rests.</param>
/// <param name="Reference">Its reference there.</param>
/// <param name="Key">Name of its key; null for one from before payloads were sealed.</param>
public readonly record struct RecordedPayload(string Jurisdiction, string Reference, string? Key);
