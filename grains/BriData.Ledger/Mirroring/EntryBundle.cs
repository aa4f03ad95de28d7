using System.Buffers.Binary;
using System.Collections.Immutable;

namespace BriData.Ledger.Mirroring;

/// <summary>Entries one behind the other, each with its length as a big-endian uint16 before it; C2SP tlog-tiles.</summary>
public static class EntryBundle
{
    /// <summary>Length of the prefix of each entry, in bytes.</summary>
    public const int PrefixBytes = sizeof(ushort);

    /// <summary>Largest bundle: 256 entries of the largest size.</summary>
    public const int MaxBytes = Merkle.TileMath.Width * (PrefixBytes + LedgerTree.MaxEntryBytes);

    /// <summary>The prefix of an entry.</summary>
    /// <exception cref="ArgumentException">The entry is larger than the format can say.</exception>
    public static void WritePrefix(Span<byte> destination, int entryBytes)
    {
        if (entryBytes is < 0 or > LedgerTree.MaxEntryBytes)
        {
            throw new ArgumentException($"An entry has at most {LedgerTree.MaxEntryBytes} bytes, not {entryBytes}.", nameof(entryBytes));
        }

        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)entryBytes);
    }

    /// <summary>The entries of a bundle, as slices of it. False when it breaks off or has more than 256.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bundle, out ImmutableArray<ReadOnlyMemory<byte>> entries)
    {
        entries = [];
        var read = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        while (!bundle.IsEmpty)
        {
            if (bundle.Length < PrefixBytes || read.Count == Merkle.TileMath.Width)
            {
                return false;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (bundle.Length < PrefixBytes + length)
            {
                return false;
            }

            read.Add(bundle.Slice(PrefixBytes, length));
            bundle = bundle[(PrefixBytes + length)..];
        }

        entries = read.DrainToImmutable();
        return true;
    }
}
