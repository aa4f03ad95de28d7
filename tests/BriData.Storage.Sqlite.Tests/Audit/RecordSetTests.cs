using BriData.Storage.Sqlite.Audit;
using CsCheck;

namespace BriData.Storage.Sqlite.Tests.Audit;

/// <summary>Sets of places are stored in the shortest of three forms and read back as they were.</summary>
public sealed class RecordSetTests
{
    private static readonly Gen<int[]> Places = Gen.OneOf(
        Gen.Int[0, RecordSet.Capacity - 1].Array[0, 60],
        Gen.Int[0, RecordSet.Capacity - 1].Array[0, 4000],
        Gen.Select(Gen.Int[0, 2000], Gen.Int[0, 2096], static (first, count) => Enumerable.Range(first, count).ToArray()));

    [Fact]
    public void Write_AnyPlaces_AreReadBackAndListedDescending() => Places.Sample(static places =>
    {
        var expected = places.Distinct().OrderDescending().ToArray();
        var read = new RecordSet();

        read.AddStored(Stored(places));

        Assert.Equal(expected, read.Descending());
        Assert.Equal(expected.Length, read.Count);
        Assert.Equal(expected.Length == 0, read.IsEmpty);
    });

    [Fact]
    public void AddStored_SecondSet_IsTheUnion() => Gen.Select(Places, Places).Sample(static (one, other) =>
    {
        var set = new RecordSet();
        set.AddStored(Stored(one));
        set.AddStored(Stored(other));

        Assert.Equal(one.Union(other).OrderDescending(), set.Descending());
    });

    [Fact]
    public void IntersectWith_AnySets_KeepsWhatIsInBoth() => Gen.Select(Places, Places).Sample(static (one, other) =>
    {
        var (set, with) = (Of(one), Of(other));

        set.IntersectWith(with);

        Assert.Equal(one.Intersect(other).OrderDescending(), set.Descending());
    });

    [Theory]
    [InlineData(new[] { 500 }, 3)]
    [InlineData(new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40 }, 5)]
    public void Write_FewOrInARow_IsShort(int[] places, int bytes) => Assert.Equal(bytes, Stored(places).Length);

    [Fact]
    public void Write_Full_IsARun() => Assert.Equal(5, Stored([.. Enumerable.Range(0, RecordSet.Capacity)]).Length);

    [Fact]
    public void Write_EverySecond_IsAsLongAsTheBits() =>
        Assert.Equal(RecordSet.MaxBytes, Stored([.. Enumerable.Range(0, RecordSet.Capacity / 2).Select(static i => (2 * i) + 1)]).Length);

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 3 })]
    [InlineData(new byte[] { 0, 1 })]
    [InlineData(new byte[] { 0, 0, 16 })]
    [InlineData(new byte[] { 2, 1, 0 })]
    [InlineData(new byte[] { 2, 255, 15, 2, 0 })]
    public void AddStored_Malformed_IsRefused(byte[] stored) => Assert.Throws<InvalidDataException>(() => new RecordSet().AddStored(stored));

    private static RecordSet Of(int[] places)
    {
        var set = new RecordSet();
        foreach (var place in places)
        {
            set.Add(place);
        }

        return set;
    }

    private static byte[] Stored(int[] places) => Of(places).Write(new byte[RecordSet.MaxBytes]).ToArray();
}
