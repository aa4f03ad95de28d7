using System.Security.Cryptography;
using BriData.Ledger.Erasure;

namespace BriData.Ledger.Tests.Erasure;

public sealed class ValueKeyWrapperTests
{
    private readonly ValueKeyWrapper _wrapper = new(new byte[32]);

    [Fact]
    public void Create_ConsecutiveRows_GivesNamesThatTellNothing()
    {
        var made = _wrapper.Create(1, 3);

        Assert.All(made, m => Assert.Matches("^[A-Za-z0-9_-]{22}$", m.Key.Id));
        Assert.Equal([1L, 2L, 3L], made.Select(m => _wrapper.TryRow(m.Key.Id, out var row) ? row : 0));
        Assert.False(new ValueKeyWrapper([1, .. new byte[31]]).TryRow(made[0].Key.Id, out var other) && other == 1);
    }

    [Fact]
    public void Read_RowTakenByALaterKey_DoesNotKnowTheEarlier()
    {
        // As after keys.db was restored from a backup: the same row, another key.
        var (before, after) = (_wrapper.Create(7, 1)[0], _wrapper.Create(7, 1)[0]);

        Assert.Equal(default, _wrapper.Read(before.Key.Id, after.Row));
        Assert.Null(_wrapper.Erase(before.Key.Id, after.Row, DateTimeOffset.UnixEpoch));
        Assert.NotNull(_wrapper.Read(after.Key.Id, after.Row).Key);
    }

    [Fact]
    public void Read_RowDamagedOrUnderAnotherSeed_IsReported()
    {
        var (key, row) = _wrapper.Create(7, 1)[0];
        row[^1] ^= 1;

        Assert.ThrowsAny<CryptographicException>(() => _wrapper.Read(key.Id, row));
        Assert.ThrowsAny<CryptographicException>(() => _wrapper.Read(key.Id, row.AsSpan(0, row.Length - 1)));
    }

    [Fact]
    public void Erase_Row_KeepsItsLengthAndNoByteOfTheKey()
    {
        var (key, row) = _wrapper.Create(7, 1)[0];

        var erased = _wrapper.Erase(key.Id, row, DateTimeOffset.UnixEpoch.AddDays(1))!;

        Assert.Equal(row.Length, erased.Length);
        Assert.All(erased.Skip(17), b => Assert.Equal(0, b));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(1), _wrapper.Read(key.Id, erased).ErasedAt);
        Assert.Null(_wrapper.Erase(key.Id, erased, DateTimeOffset.UnixEpoch));
    }
}
