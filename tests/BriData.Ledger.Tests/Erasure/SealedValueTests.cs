using System.Text;
using BriData.Ledger.Erasure;
using CsCheck;

namespace BriData.Ledger.Tests.Erasure;

public sealed class SealedValueTests
{
    private static readonly ValueKey Key = new("k", new byte[ValueKey.SecretBytes]);

    [Fact]
    public void Open_WhatWasSealed_GivesItBack() =>
        Gen.Byte.Array[0, 300].Sample(value => Assert.Equal(value, SealedValue.Open(Key, SealedValue.Seal(Key, value, "c"u8), "c"u8)));

    [Fact]
    public void Open_AnyByteChanged_GivesNothing()
    {
        var value = SealedValue.Seal(Key, "a name"u8, "c"u8);
        for (var i = 0; i < value.Length; i++)
        {
            var changed = value.ToArray();
            changed[i] ^= 1;
            Assert.Null(SealedValue.Open(Key, changed, "c"u8));
        }
    }

    [Fact]
    public void Open_OtherContextOrKeyOrLength_GivesNothing()
    {
        var value = SealedValue.Seal(Key, "a name"u8, "c"u8);

        Assert.Null(SealedValue.Open(Key, value, "d"u8));
        Assert.Null(SealedValue.Open(new ValueKey("k", [1, .. new byte[31]]), value, "c"u8));
        Assert.All(Enumerable.Range(0, value.Length), length => Assert.Null(SealedValue.Open(Key, value.AsSpan(0, length), "c"u8)));
    }

    [Fact]
    public void Seal_SameValueTwice_GivesDifferentBytesAndNoPlainText()
    {
        var (first, second) = (SealedValue.Seal(Key, "a longer name"u8, []), SealedValue.Seal(Key, "a longer name"u8, []));

        Assert.NotEqual(first, second);
        Assert.DoesNotContain("name", Encoding.Latin1.GetString(first), StringComparison.Ordinal);
    }
}
