using BriData.Ledger.Mirroring;
using CsCheck;

namespace BriData.Ledger.Tests.Mirroring;

public sealed class TilePathTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(1, 67, 256, "tile/1/067")]
    [InlineData(0, 1_234_067, 256, "tile/0/x001/x234/067")]
    [InlineData(63, 1_000, 5, "tile/63/x001/000.p/5")]
    [InlineData(7, long.MaxValue, 255, "tile/7/x009/x223/x372/x036/x854/x775/807.p/255")]
    public void ToString_OfHashes_IsThePathOfTheSpecification(int level, long index, int width, string path)
    {
        var tile = TilePath.OfHashes(level, index, width);

        Assert.Equal(path, tile.ToString());
        Assert.True(TilePath.TryParse(path, out var back));
        Assert.Equal(tile, back);
    }

    [Fact]
    public void ToString_OfEntries_NamesThem()
    {
        Assert.Equal("tile/entries/x001/x234/067.p/17", TilePath.OfEntries(1_234_067, 17).ToString());
        Assert.True(TilePath.TryParse("tile/entries/000", out var full));
        Assert.Equal(TilePath.OfEntries(0), full);
        Assert.Null(full.Level);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tile")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/00")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/001/234")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/x001/x234")]
    [InlineData("tile/0/X001/234")]
    [InlineData("tile/00/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/+1/000")]
    [InlineData("tile/0/-01")]
    [InlineData("tile/0/ 01")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/5/")]
    [InlineData("tile/0/000.p/5.p/5")]
    [InlineData("tile/data/000")]
    [InlineData("tile/entries")]
    [InlineData("tile/entries/../../checkpoint")]
    [InlineData("tile/0/x009/x223/x372/x036/x854/x775/808")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("/tile/0/000")]
    public void TryParse_OtherSpellings_AreRefused(string path) => Assert.False(TilePath.TryParse(path, out _));

    [Fact]
    public void TryParse_AnyText_ReadsOnlyWhatItWrites() =>
        Gen.Select(OneOf("0", "7", "63", "64", "entries", "x001"), OneOf("000", "x001/002", "999", "1", "x1/000"), OneOf("", ".p/1", ".p/255", ".p/256", ".p/007"))
            .Sample((level, index, width) =>
            {
                var text = $"tile/{level}/{index}{width}";
                return !TilePath.TryParse(text, out var tile) || tile.ToString() == text;
            });

    [Fact]
    public void TryParse_WhatToStringWrites_ReadsBack() =>
        Gen.Select(Gen.Int[-1, 63], Gen.Long[0, long.MaxValue], Gen.Int[1, 256]).Sample((level, index, width) =>
        {
            var tile = level < 0 ? TilePath.OfEntries(index, width) : TilePath.OfHashes(level, index, width);
            return TilePath.TryParse(tile.ToString(), out var back) && back == tile;
        });

    [Theory]
    [InlineData(0, 273, 70_000, 112)]
    [InlineData(1, 1, 70_000, 17)]
    [InlineData(2, 0, 70_000, 1)]
    [InlineData(3, 0, 70_000, 0)]
    [InlineData(0, 272, 70_000, 256)]
    [InlineData(0, 274, 70_000, 0)]
    [InlineData(8, 0, 70_000, 0)]
    [InlineData(63, 0, long.MaxValue, 0)]
    public void WidthAt_Size_IsThatOfTheSpecification(int level, long index, long size, int width) =>
        Assert.Equal(width, TilePath.OfHashes(level, index).WidthAt(size));

    private static Gen<string> OneOf(params string[] parts) => Gen.Int[0, parts.Length - 1].Select(i => parts[i]);

    [Fact]
    public void IsResource_Paths_AreOnlyThoseOfALedger()
    {
        var document = "documents/" + new string('a', 64);
        Assert.All((string[])["checkpoint", "checkpoint.witnessed", "tile/0/000", "tile/entries/000.p/3", document], p => Assert.True(LedgerPaths.IsResource(p)));
        Assert.All(
            (string[])["", "ledger.json", "checkpoint/..", "../checkpoint", document + "a", document.Replace('a', 'A'), document.Replace('a', 'g'), "documents/", "tile"],
            p => Assert.False(LedgerPaths.IsResource(p)));
    }
}
