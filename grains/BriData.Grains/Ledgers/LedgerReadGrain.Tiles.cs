using System.Buffers;
using BriData.Contracts;
using BriData.Contracts.Audit;
using BriData.Contracts.Ledgers;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Merkle;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Storage;

namespace BriData.Grains.Ledgers;

/// <summary>What an outsider needs to check a whole ledger: tiles, entries and the documents they name.</summary>
internal sealed partial class LedgerReadGrain
{
    private const int ChunkBytes = 1 << 20;

    public async Task<Reply<LedgerTile>> ReadTileAsync(Caller caller, string ledger, int level, long index)
    {
        var head = await HeadAsync(caller, ledger);
        if (!head.IsOk)
        {
            return head.Refusal;
        }

        var width = level is >= 0 and <= TileMath.MaxLevel && index >= 0 ? TileMath.WidthOf(level, index, head.Value.Size) : 0;
        if (width == 0)
        {
            return NoTile(ledger);
        }

        // The store may be a batch ahead of the head that was read; nothing beyond that head is told.
        var length = width * Hash256.ByteCount;
        var hashes = await store.ReadTileAsync(head.Value.Ledger, level, index);
        return hashes.Length >= length
            ? new LedgerTile(hashes[..length])
            : throw new LedgerStoreException(head.Value.Ledger, LedgerStoreFailure.Corrupt, $"Tile {level}/{index} has {hashes.Length} bytes, not {length}.");
    }

    public async Task<Reply<LedgerEntries>> ReadEntriesAsync(Caller caller, string ledger, long from, long to)
    {
        var head = await HeadAsync(caller, ledger);
        if (!head.IsOk)
        {
            return head.Refusal;
        }

        if (from < 0 || to <= from || to > head.Value.Size)
        {
            return NoTile(ledger);
        }

        var bundle = new ArrayBufferWriter<byte>();
        var count = 0;
        await foreach (var entry in store.ReadAsync(head.Value.Ledger, from, to))
        {
            EntryBundle.WritePrefix(bundle.GetSpan(EntryBundle.PrefixBytes), entry.Body.Length);
            bundle.Advance(EntryBundle.PrefixBytes);
            bundle.Write(entry.Body.Span);
            count++;
            if (bundle.WrittenCount >= ChunkBytes)
            {
                break;
            }
        }

        return count > 0
            ? new LedgerEntries(bundle.WrittenMemory, count)
            : throw new LedgerStoreException(head.Value.Ledger, LedgerStoreFailure.Corrupt, $"Entry {from} is missing.");
    }

    public async Task<Reply<LedgerDocument>> ReadDocumentAsync(Caller caller, string sha256)
    {
        var reader = await recognition.RecogniseAsync(caller, CallerRoles.Auditor | CallerRoles.Admin);
        if (!reader.IsOk)
        {
            return reader.Refusal;
        }

        if (!Hash256.TryParseHex(sha256, out var digest) || digest.ToString() != sha256 || await documents.GetAsync(digest) is not { } content)
        {
            return new Refusal(ErrorCodes.UnknownDocument, $"There is no document '{sha256}'.");
        }

        return await recorder.RecordReadsAsync(reader.Value, AccessKinds.Documents) is { } refusal ? refusal : new LedgerDocument(content);
    }

    private static Refusal NoTile(string ledger) => new(ErrorCodes.UnknownTile, $"The ledger '{ledger}' does not reach this tile.");
}
