using System.Buffers.Binary;
using System.Numerics;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>A set of places on one sheet, each 0 to <see cref="Capacity"/> - 1. Not safe for concurrent use.</summary>
internal sealed class RecordSet
{
    /// <summary>Records on a sheet. Stored: record numbers are made with it.</summary>
    public const int Capacity = 4096;

    /// <summary>Most bytes of the stored form.</summary>
    public const int MaxBytes = 1 + (Capacity / 8);

    private const int WordBits = 64;

    // The first byte of the stored form says which of three it is; the shortest is taken.
    private const byte List = 0;
    private const byte Bits = 1;
    private const byte Runs = 2;

    private readonly ulong[] _words = new ulong[Capacity / WordBits];

    public bool IsEmpty => !_words.AsSpan().ContainsAnyExcept(0UL);

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    public void Clear() => Array.Clear(_words);

    public void Add(int place) => _words[place / WordBits] |= 1UL << (place % WordBits);

    /// <summary>Adds the places from <paramref name="first"/> on, <paramref name="count"/> of them.</summary>
    public void AddRange(int first, int count)
    {
        for (var place = first; place < first + count; place++)
        {
            Add(place);
        }
    }

    /// <summary>Keeps what is in both.</summary>
    public void IntersectWith(RecordSet other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] &= other._words[i];
        }
    }

    /// <summary>The places, greatest first.</summary>
    public int[] Descending()
    {
        var places = new int[Count];
        var at = 0;
        for (var i = _words.Length - 1; i >= 0; i--)
        {
            for (var word = _words[i]; word != 0;)
            {
                var bit = BitOperations.Log2(word);
                places[at++] = (i * WordBits) + bit;
                word ^= 1UL << bit;
            }
        }

        return places;
    }

    /// <summary>Adds what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a form.</exception>
    public void AddStored(ReadOnlySpan<byte> stored)
    {
        var form = stored.IsEmpty ? (byte)255 : stored[0];
        var rest = stored.IsEmpty ? stored : stored[1..];
        switch (form)
        {
            case List when rest.Length % 2 == 0:
                for (; !rest.IsEmpty; rest = rest[2..])
                {
                    Add(Checked(BinaryPrimitives.ReadUInt16LittleEndian(rest), 1));
                }

                break;
            case Bits when rest.Length <= Capacity / 8:
                for (var i = 0; i < rest.Length; i++)
                {
                    _words[i / 8] |= (ulong)rest[i] << (8 * (i % 8));
                }

                break;
            case Runs when rest.Length % 4 == 0:
                for (; !rest.IsEmpty; rest = rest[4..])
                {
                    var length = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
                    AddRange(Checked(BinaryPrimitives.ReadUInt16LittleEndian(rest), length), length);
                }

                break;
            default:
                throw new InvalidDataException("A set of places in the audit index is malformed.");
        }
    }

    /// <summary>Writes the stored form.</summary>
    /// <param name="target">At least <see cref="MaxBytes"/>.</param>
    /// <returns>The part written to.</returns>
    public ReadOnlySpan<byte> Write(Span<byte> target)
    {
        var (count, runs, last) = (0, 0, -1);
        var carry = 0UL;
        for (var i = 0; i < _words.Length; i++)
        {
            var word = _words[i];
            if (word != 0)
            {
                count += BitOperations.PopCount(word);
                last = (i * WordBits) + BitOperations.Log2(word);
            }

            // A run begins at each place whose predecessor is not in the set.
            runs += BitOperations.PopCount(word & ~((word << 1) | carry));
            carry = word >> (WordBits - 1);
        }

        var bitBytes = (last / 8) + 1;
        if (2 * count <= Math.Min(bitBytes, 4 * runs))
        {
            return WriteList(target, count);
        }

        return 4 * runs < bitBytes ? WriteRuns(target, runs) : WriteBits(target, bitBytes);
    }

    private static int Checked(int first, int length) =>
        first + length <= Capacity ? first : throw new InvalidDataException("A place in the audit index is beyond its sheet.");

    private ReadOnlySpan<byte> WriteList(Span<byte> target, int count)
    {
        target[0] = List;
        var at = 1;
        for (var i = 0; i < _words.Length; i++)
        {
            for (var word = _words[i]; word != 0; word &= word - 1)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(target[at..], (ushort)((i * WordBits) + BitOperations.TrailingZeroCount(word)));
                at += 2;
            }
        }

        return target[..(1 + (2 * count))];
    }

    private ReadOnlySpan<byte> WriteBits(Span<byte> target, int bytes)
    {
        target[0] = Bits;
        for (var i = 0; i < bytes; i++)
        {
            target[1 + i] = (byte)(_words[i / 8] >> (8 * (i % 8)));
        }

        return target[..(1 + bytes)];
    }

    private ReadOnlySpan<byte> WriteRuns(Span<byte> target, int runs)
    {
        target[0] = Runs;
        var at = 1;
        for (var place = 0; at < 1 + (4 * runs);)
        {
            var first = Next(place, inSet: true);
            place = Next(first, inSet: false);
            BinaryPrimitives.WriteUInt16LittleEndian(target[at..], (ushort)first);
            BinaryPrimitives.WriteUInt16LittleEndian(target[(at + 2)..], (ushort)(place - first));
            at += 4;
        }

        return target[..at];
    }

    // The first place from here on that is in the set, or not; the capacity when there is none.
    private int Next(int place, bool inSet)
    {
        for (; place < Capacity; place = (place / WordBits * WordBits) + WordBits)
        {
            var word = inSet ? _words[place / WordBits] : ~_words[place / WordBits];
            word &= ulong.MaxValue << (place % WordBits);
            if (word != 0)
            {
                return (place / WordBits * WordBits) + BitOperations.TrailingZeroCount(word);
            }
        }

        return Capacity;
    }
}
