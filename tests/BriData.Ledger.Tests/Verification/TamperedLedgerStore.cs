using System.Runtime.CompilerServices;
using BriData.Ledger.Storage;
using BriData.Testing.Ledger;

namespace BriData.Ledger.Tests.Verification;

/// <summary>Shows another store's ledgers with one thing changed, as damage or a forger would.</summary>
internal sealed class TamperedLedgerStore(ILedgerStore inner) : PassingLedgerStore(inner)
{
    /// <summary>Entry whose body is changed (or dropped).</summary>
    public long? Entry { get; init; }

    /// <summary>Entry whose leaf hash is changed.</summary>
    public long? LeafHash { get; init; }

    public (int Level, long Index)? Tile { get; init; }

    public bool Root { get; init; }

    public long SizeShift { get; init; }

    /// <summary>The byte that gets one bit flipped.</summary>
    public int Byte { get; init; }

    public int Bit { get; init; }

    /// <summary>Remove instead of change.</summary>
    public bool Drop { get; init; }

    public override async ValueTask<LedgerHead> GetHeadAsync(LedgerId ledger, CancellationToken cancellationToken = default)
    {
        var head = await Inner.GetHeadAsync(ledger, cancellationToken);
        return head with { Size = head.Size + SizeShift, Root = Root ? Hash256.FromBytes(Flip(head.Root.ToArray())) : head.Root };
    }

    public override async IAsyncEnumerable<StoredEntry> ReadAsync(LedgerId ledger, long from, long to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var entry in Inner.ReadAsync(ledger, from, to, cancellationToken))
        {
            if (entry.Index == Entry)
            {
                if (!Drop)
                {
                    yield return entry with { Body = Flip(entry.Body.ToArray()) };
                }
            }
            else
            {
                yield return entry.Index == LeafHash ? entry with { LeafHash = Hash256.FromBytes(Flip(entry.LeafHash.ToArray())) } : entry;
            }
        }
    }

    public override async ValueTask<ReadOnlyMemory<byte>> ReadTileAsync(LedgerId ledger, int level, long index, CancellationToken cancellationToken = default)
    {
        var tile = await Inner.ReadTileAsync(ledger, level, index, cancellationToken);
        return Tile != (level, index) ? tile : Drop ? default(ReadOnlyMemory<byte>) : Flip(tile.ToArray());
    }

    private byte[] Flip(byte[] bytes)
    {
        bytes[Byte % bytes.Length] ^= (byte)(1 << Bit);
        return bytes;
    }
}
