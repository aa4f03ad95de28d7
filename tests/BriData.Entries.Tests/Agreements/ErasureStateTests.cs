using System.Text.Json;
using BriData.Contracts;
using BriData.Entries.Agreements;
using BriData.Entries.Events;
using BriData.Entries.Transfers;

namespace BriData.Entries.Tests.Agreements;

/// <summary>What the fold knows of erasures, also through a snapshot.</summary>
public sealed class ErasureStateTests
{
    private static readonly DateTimeOffset At = new(2026, 6, 15, 8, 0, 0, TimeSpan.Zero);

    private readonly List<TransferState> _closed = [];

    [Fact]
    public void Apply_ErasureThenCompletion_IsDueInBetween()
    {
        var state = Delivered();

        Apply(state, Erased(["payload"], ["pk"], "erasing"), 3);

        var due = Assert.Single(state.Erasure.Due);
        Assert.Equal((3, "cn-kz-customs:1"), (due.Key, due.Value.Transfer));
        Assert.Equal(["pk"], due.Value.Keys);
        Assert.Equal("ref", due.Value.Payload!.Reference);
        Assert.Empty(state.Open);
        Assert.Equal(("erasing", true), (_closed[0].Status, _closed[0].PayloadErased));

        Apply(state, new ErasureCompleted(3), 4);

        Assert.Empty(state.Erasure.Due);
        Assert.Equal("erased", _closed[0].Status);
        Assert.Equal(At, Assert.Single(_closed[0].Erasures!).DestroyedAt);
    }

    [Fact]
    public void Apply_ErasureOfTexts_TakesItsKeysAndKeepsTheReasonsOwn()
    {
        var state = Delivered();

        Apply(state, Erased(["statements"], ["tk"], "delivered") with { Reason = "c", TextKey = "rk" }, 3);

        var transfer = state.Open[1];
        Assert.Equal(("delivered", false), (transfer.Status, transfer.PayloadErased));
        Assert.Equal(["rk"], transfer.TextKeys!);
    }

    [Fact]
    public void Apply_RetentionOfAClosing_RemembersHowFarItCame()
    {
        var state = Delivered();

        Apply(state, Erased(["payload"], ["pk"], "erasing") with { Closed = 2 }, 3);

        Assert.Equal(3, state.Erasure.Done["payload"]);
        Assert.False(state.Erasure.Done.ContainsKey("statements"));
    }

    [Fact]
    public void Apply_TextWithoutAKey_IsKnownToLieInClear()
    {
        var state = new AgreementState { OnClosed = _closed.Add };
        Apply(state, Requested(null), 0);

        Assert.True(state.Open[1].HasClearText);
        Assert.Null(state.Open[1].TextKeys);
    }

    [Fact]
    public void Snapshot_InTheMidst_GoesOnTheSame()
    {
        var state = Delivered();
        Apply(state, Erased(["statements"], ["tk"], "delivered") with { Closed = 2 }, 3);

        var restored = JsonSerializer.Deserialize(JsonSerializer.Serialize(state, AgreementState.JsonType), AgreementState.JsonType)!;
        restored.OnClosed = _closed.Add;

        Assert.Equal(3, Assert.Single(restored.Erasure.Due).Key);
        Assert.Equal(3, restored.Erasure.Done["statements"]);
        Assert.Equal("pk", restored.Open[1].Payload!.Key);
        Apply(restored, new ErasureCompleted(3), 4);
        Assert.Equal(At, Assert.Single(restored.Open[1].Erasures!).DestroyedAt);
    }

    private static TransferRequested Requested(string? key) => new(
        1, "InternationalTrade", "commitment", JsonText.EmptyObject, new DateOnly(2026, 6, 15), 0, null, "permitted", At.AddDays(30), null, key);

    private static TransferErased Erased(string[] classes, string[] keys, string status) => new(
        [.. classes], TransferErased.ByRequest, null, [.. keys], classes.Contains("payload") ? new PayloadLocation("CN", "ref") : null, status);

    private static void Apply(AgreementState state, EventData data, long index) => state.Apply(
        new LedgerEvent
        {
            At = At,
            Parties = ["CN", "KZ"],
            Data = data,
            By = new Actor("KZ", "KZ/customs", "o-A"),
            Transfer = "cn-kz-customs:1",
            DataSet = "CN/customs/declarations",
            Exporter = "CN/customs",
            Importer = "KZ/customs",
        },
        index);

    private AgreementState Delivered()
    {
        var state = new AgreementState { OnClosed = _closed.Add };
        state.OnAfterClosed = (entry, number, index) => _closed.Find(t => t.Number == number)?.Apply(entry, index);
        Apply(state, Requested("tk"), 0);
        Apply(state, new PayloadDeposited(5, "sha", "text/csv", "CN", "ref", "pk"), 1);
        Apply(state, new PayloadReleased("sha", 0, 4), 2);
        return state;
    }
}
