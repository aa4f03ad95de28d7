using BriData.Ledger.Erasure;

namespace BriData.Ledger.Tests.Erasure;

public sealed class ValueKeyPoolTests
{
    private readonly List<int> _batches = [];
    private Exception? _failure;
    private int _made;

    [Fact]
    public async Task Take_UnderDemand_MakesFewAndGrowingBatches()
    {
        var pool = new ValueKeyPool(MakeAsync);
        for (var i = 0; i < 20_000; i++)
        {
            await pool.TakeAsync(CancellationToken.None);
        }

        Assert.Equal(64, _batches[0]);
        Assert.Equal(ValueKeyPool.LargestBatch, _batches[^1]);
        Assert.InRange(_batches.Count, 10, 30);
        Assert.InRange(_made - 20_000, 0, 3 * ValueKeyPool.LargestBatch);
    }

    [Fact]
    public async Task Take_NoneCanBeMade_TellsWhyAndTriesAgain()
    {
        _failure = new ValueKeyStoreException(storageFull: true, "full");
        var pool = new ValueKeyPool(MakeAsync);
        await Assert.ThrowsAsync<ValueKeyStoreException>(() => pool.TakeAsync(CancellationToken.None).AsTask());

        _failure = null;

        Assert.NotNull(await pool.TakeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Take_WhileMakingHangs_CanBeGivenUp()
    {
        var never = new TaskCompletionSource<ValueKey[]>();
        var pool = new ValueKeyPool(_ => never.Task);
        using var stop = new CancellationTokenSource();
        var taking = pool.TakeAsync(stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
    }

    private Task<ValueKey[]> MakeAsync(int count)
    {
        if (_failure is { } failure)
        {
            return Task.FromException<ValueKey[]>(failure);
        }

        _batches.Add(count);
        var first = _made;
        _made += count;
        return Task.FromResult(Enumerable.Range(first, count).Select(i => new ValueKey($"k{i}", new byte[ValueKey.SecretBytes])).ToArray());
    }
}
