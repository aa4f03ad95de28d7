using BriData.Ledger.Mirroring;
using CsCheck;

namespace BriData.Ledger.Tests.Mirroring;

public sealed class EntryBundleTests
{
    [Fact]
    public void TryRead_Entries_AreThoseWritten() =>
        Gen.Byte.Array[0, 700].Array[0, 256].Sample(entries =>
            EntryBundle.TryRead(Bundle(entries), out var read) && read.Select(e => e.ToArray()).SequenceEqual(entries, Bytes.Equality));

    [Fact]
    public void TryRead_LargestEntry_IsRead()
    {
        var entry = new byte[LedgerTree.MaxEntryBytes];
        var bundle = Bundle([entry]);

        Assert.Equal([0xff, 0xff], bundle[..2]);
        Assert.True(EntryBundle.TryRead(bundle, out var read));
        Assert.Equal(entry.Length, Assert.Single(read).Length);
    }

    [Fact]
    public void TryRead_BundleThatBreaksOff_IsRefused()
    {
        var bundle = Bundle([[1, 2, 3], [4, 5]]);
        Assert.All(Enumerable.Range(0, bundle.Length).Except([0, 5]), length => Assert.False(EntryBundle.TryRead(bundle.AsMemory(0, length), out _)));
    }

    [Fact]
    public void TryRead_MoreThanABundleHolds_IsRefused() => Assert.False(EntryBundle.TryRead(Bundle([.. Enumerable.Repeat(new byte[1], 257)]), out _));

    [Fact]
    public void WritePrefix_TooLarge_IsRefused() =>
        Assert.Throws<ArgumentException>(() => EntryBundle.WritePrefix(new byte[2], LedgerTree.MaxEntryBytes + 1));

    private static byte[] Bundle(byte[][] entries)
    {
        var bundle = new MemoryStream();
        foreach (var entry in entries)
        {
            var prefix = new byte[EntryBundle.PrefixBytes];
            EntryBundle.WritePrefix(prefix, entry.Length);
            bundle.Write(prefix);
            bundle.Write(entry);
        }

        return bundle.ToArray();
    }

    private sealed class Bytes : IEqualityComparer<byte[]>
    {
        public static Bytes Equality { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => obj.Length;
    }
}
