using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Audit;
using BriData.Contracts.Transfers;
using BriData.Grains.Tests.Fixtures;
using BriData.Ledger;
using BriData.Ledger.Verification;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Agreements;

/// <summary>What the agreement's retention says goes by itself, and nothing before its day.</summary>
[Collection(nameof(PlatformGroup))]
public sealed class RetentionTests(PlatformFixture platform)
{
    private const string Importer = "KZ/customs";
    private const string Exporter = "CN/customs";

    [Fact]
    public async Task Sweep_BeforeAndAfterTheDay_ErasesWhatIsDueAndNothingElse()
    {
        var agreement = await platform.World.AgreementAsync(retention: [("payload", 3), ("statements", 10)]);
        await AcceptedAsync(agreement, 1);
        await AcceptedAsync(agreement, 2);
        platform.Time.Advance(TimeSpan.FromDays(2));
        await AcceptedAsync(agreement, 3);

        await TickAsync(agreement);
        Assert.Equal(0, await platform.CountAsync(agreement, "transfer.erased"));

        platform.Time.Advance(TimeSpan.FromDays(1));
        await TickAsync(agreement);
        Assert.Equal(["erased", "erased", "accepted"], await StatusesAsync(agreement, 3));
        var erasure = Assert.Single((await ViewAsync(agreement, 1)).Erasures);
        Assert.Equal(("payload", "retention", 3), (erasure.Classes.Single(), erasure.Rule, erasure.Days));

        await TickAsync(agreement);
        Assert.Equal(2, await platform.CountAsync(agreement, "transfer.erased"));

        platform.Time.Advance(TimeSpan.FromDays(10));
        await TickAsync(agreement);
        Assert.Equal(["erased", "erased", "erased"], await StatusesAsync(agreement, 3));
        Assert.Equal(6, await platform.CountAsync(agreement, "transfer.erased"));
        Assert.Equal(6, await platform.CountAsync(agreement, "erasure.completed"));
        var ledger = LedgerId.Parse($"agreement/{agreement.GetPrimaryKeyString()}");
        Assert.True((await LedgerVerifier.VerifyAsync(platform.Store, ledger)).Ok);
        Assert.All(await platform.ReplayAsync(ledger), r => Assert.True(r.IsIdentical));
    }

    [Fact]
    public async Task Sweep_EveryWayToClose_IsFound()
    {
        var agreement = await platform.World.AgreementAsync(validDays: 1, retention: [("statements", 5)]);
        Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement, "CN/customs/travellers")));
        await RequestAsync(agreement);
        Ok(await agreement.ActAsync(Officer(Importer), platform.World.Operation(), 2, TransferAct.Withdraw, "a mistake"));
        await RequestAsync(agreement);
        platform.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("expired", (await ViewAsync(agreement, 3)).Status);
        await RequestAsync(agreement);
        Ok(await agreement.ChangeAsync(Admin("CN"), platform.World.Operation(), AgreementAct.Terminate, ""));
        Assert.Equal(["denied", "withdrawn", "expired", "stopped"], await StatusesAsync(agreement, 4));

        platform.Time.Advance(TimeSpan.FromDays(5));
        await TickAsync(agreement);

        Assert.Equal(["denied", "withdrawn", "expired", "stopped"], await StatusesAsync(agreement, 4));
        for (var number = 1; number <= 4; number++)
        {
            Assert.Equal("statements", Assert.Single((await ViewAsync(agreement, number)).Erasures).Classes.Single());
        }
    }

    [Fact]
    public async Task Sweep_AfterAnErasureByRequest_HasNothingLeftToDo()
    {
        var agreement = await platform.World.AgreementAsync(retention: [("payload", 3)]);
        await AcceptedAsync(agreement, 1);
        Ok(await agreement.EraseTransferAsync(Officer(Exporter), platform.World.Operation(), 1, null, null));

        platform.Time.Advance(TimeSpan.FromDays(4));
        await TickAsync(agreement);

        Assert.Equal(1, await platform.CountAsync(agreement, "transfer.erased"));
    }

    [Fact]
    public async Task Sweep_AReasonGivenAfterTheStatementsWereSwept_GoesInItsTurn()
    {
        var agreement = await platform.World.AgreementAsync(retention: [("statements", 30)]);
        await AcceptedAsync(agreement, 1);
        platform.Time.Advance(TimeSpan.FromDays(30));
        await TickAsync(agreement);
        Assert.Equal("statements", Assert.Single((await ViewAsync(agreement, 1)).Erasures).Classes.Single());
        platform.Time.Advance(TimeSpan.FromDays(10));
        Ok(await agreement.EraseTransferAsync(Officer(Exporter), platform.World.Operation(), 1, ["payload"], "asked for by Aigerim Bekova"));

        platform.Time.Advance(TimeSpan.FromDays(29));
        await TickAsync(agreement);
        Assert.Equal("asked for by Aigerim Bekova", (await TextsAsync(agreement))[^1].Text);

        platform.Time.Advance(TimeSpan.FromDays(1));
        await TickAsync(agreement);
        Assert.All(await TextsAsync(agreement), t => Assert.Equal("erased", t.Status));
        Assert.Equal(["statements", "payload", "statements"], (await ViewAsync(agreement, 1)).Erasures.Select(e => e.Classes.Single()));
        Assert.Equal("erased", (await ViewAsync(agreement, 1)).Status);

        await TickAsync(agreement);
        Assert.Equal(3, await platform.CountAsync(agreement, "transfer.erased"));
    }

    [Fact]
    public async Task Sweep_AReasonOfAnErasureInPart_WaitsUntilTheTransferCloses()
    {
        var agreement = await platform.World.AgreementAsync(validDays: 365, retention: [("statements", 30)]);
        await DeliveredAsync(agreement, 1);
        Ok(await agreement.EraseTransferAsync(Officer(Exporter), platform.World.Operation(), 1, ["statements"], "a mistake"));
        platform.Time.Advance(TimeSpan.FromDays(31));

        await TickAsync(agreement);
        Assert.Single((await ViewAsync(agreement, 1)).Erasures);
        Ok(await agreement.ActAsync(Officer(Importer), platform.World.Operation(), 1, TransferAct.Accept, null));
        platform.Time.Advance(TimeSpan.FromDays(30));
        await TickAsync(agreement);

        Assert.Equal(2, (await ViewAsync(agreement, 1)).Erasures.Length);
        Assert.All(await TextsAsync(agreement), t => Assert.Equal("erased", t.Status));
    }

    [Fact]
    public async Task Sweep_WhileAPayloadCannotBeDeleted_GoesOn()
    {
        var agreement = await platform.World.AgreementAsync(retention: [("payload", 3), ("statements", 5)]);
        await AcceptedAsync(agreement, 1);
        await AcceptedAsync(agreement, 2);
        var stuck = new string('a', 31) + "1";
        platform.Payloads.Fail(stuck);
        try
        {
            platform.Time.Advance(TimeSpan.FromDays(3));
            Assert.Equal(ErrorCodes.ErasurePending, (await agreement.SettleAsync()).Refusal?.Code);
            Assert.Equal(["erasing", "erased"], await StatusesAsync(agreement, 2));

            platform.Time.Advance(TimeSpan.FromDays(2));
            Assert.Equal(ErrorCodes.ErasurePending, (await agreement.SettleAsync()).Refusal?.Code);
            Assert.Equal(4, await platform.CountAsync(agreement, "transfer.erased"));
            Assert.Equal(3, await platform.CountAsync(agreement, "erasure.completed"));
            Assert.All(await TextsAsync(agreement), t => Assert.Equal("erased", t.Status));
        }
        finally
        {
            platform.Payloads.Fail(null);
        }

        Assert.True(Ok(await agreement.SettleAsync()));
        Assert.Equal(["erased", "erased"], await StatusesAsync(agreement, 2));
    }

    [Fact]
    public async Task Sweep_ByAFreshActivation_GoesOnWhereTheLastOneStopped()
    {
        var agreement = await platform.World.AgreementAsync(retention: [("payload", 3)]);
        await AcceptedAsync(agreement, 1);
        platform.Time.Advance(TimeSpan.FromDays(3));
        await TickAsync(agreement);
        await AcceptedAsync(agreement, 2);
        platform.Time.Advance(TimeSpan.FromDays(3));

        // The activation is given up when its ledger refuses; the next one has only what is stored.
        platform.Store.FailNext(BriData.Ledger.Storage.LedgerStoreFailure.Unavailable, $"agreement/{agreement.GetPrimaryKeyString()}");
        await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement));
        Assert.True(Ok(await platform.RetryAsync(agreement.SettleAsync)));

        Assert.Equal(["erased", "erased"], await StatusesAsync(agreement, 2));
        Assert.Equal(2, await platform.CountAsync(agreement, "transfer.erased"));
    }

    [Fact]
    public async Task Sweep_MoreThanOneTurnTakes_IsFinishedInSeveral()
    {
        var agreement = await platform.World.AgreementAsync(retention: [("statements", 3)]);
        const int many = 300;
        await Task.WhenAll(Enumerable.Range(0, many).Select(_ => agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement, "CN/customs/travellers"))));
        platform.Time.Advance(TimeSpan.FromDays(3));

        await TickAsync(agreement);
        Assert.InRange(await platform.CountAsync(agreement, "transfer.erased"), 1, many - 1);
        await TickAsync(agreement);

        Assert.Equal(many, await platform.CountAsync(agreement, "transfer.erased"));
        Assert.Equal(many, await platform.CountAsync(agreement, "erasure.completed"));
    }

    [Fact]
    public async Task Reminder_OfAnAgreementWithRetention_IsRegisteredAndKeptByLaterActivations()
    {
        var agreement = await platform.World.AgreementAsync(retention: [("payload", 3)]);
        var registered = Assert.Single((await platform.Reminders.ReadRows(agreement.GetGrainId())).Reminders);
        Assert.Equal(("retention", TimeSpan.FromHours(1)), (registered.ReminderName, registered.Period));

        // The activation is given up when its ledger refuses; only a fresh one answers.
        platform.Store.FailNext(BriData.Ledger.Storage.LedgerStoreFailure.Unavailable, $"agreement/{agreement.GetPrimaryKeyString()}");
        Assert.False((await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement))).IsOk);
        Ok(await platform.RetryAsync(() => agreement.GetAsync(Admin("CN"))));

        var kept = Assert.Single((await platform.Reminders.ReadRows(agreement.GetGrainId())).Reminders);
        Assert.Equal((registered.ETag, registered.StartAt), (kept.ETag, kept.StartAt));
    }

    [Fact]
    public async Task Reminder_OfAnAgreementWithoutRetention_IsNotRegistered()
    {
        var agreement = await platform.World.AgreementAsync();

        Assert.Empty((await platform.Reminders.ReadRows(agreement.GetGrainId())).Reminders);
    }

    [Theory]
    [InlineData("letters", 3)]
    [InlineData("payload", 0)]
    [InlineData("payload", 36_501)]
    public async Task Draft_RetentionOutOfOrder_IsRefused(string name, int days)
    {
        const string id = "test-retention-refused";
        var document = Document(id) with
        {
            Retention = System.Collections.Immutable.ImmutableSortedDictionary<string, RetentionDocument>.Empty.Add(name, new RetentionDocument(days)),
        };

        var refused = await platform.Grains.GetGrain<IAgreementGrain>(id).DraftAsync(Admin("CN"), platform.World.Operation(), document);

        Assert.Equal(ErrorCodes.InvalidField, refused.Refusal?.Code);
    }

    /// <summary>The tick as the reminder service gives it.</summary>
    private static Task TickAsync(IAgreementGrain agreement) => agreement.AsReference<IRemindable>().ReceiveReminder("retention", default);

    private static async Task<TransferView> ViewAsync(IAgreementGrain agreement, long number) =>
        Ok(await agreement.GetTransferAsync(Officer(Importer), number));

    private static async Task<List<string>> StatusesAsync(IAgreementGrain agreement, int count)
    {
        var statuses = new List<string>();
        for (var number = 1; number <= count; number++)
        {
            statuses.Add((await ViewAsync(agreement, number)).Status);
        }

        return statuses;
    }

    private async Task RequestAsync(IAgreementGrain agreement) =>
        Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement)));

    private async Task<PrivateTextView[]> TextsAsync(IAgreementGrain agreement)
    {
        var trail = Ok(await platform.Grains.GetGrain<IAuditGrain>(0).GetTrailAsync(Auditor("CN"), $"{agreement.GetPrimaryKeyString()}:1"));
        PrivateTextView[] texts = [.. trail.Entries.SelectMany(e => e.Texts)];
        Assert.NotEmpty(texts);
        return texts;
    }

    private async Task DeliveredAsync(IAgreementGrain agreement, long number)
    {
        await RequestAsync(agreement);
        var payload = new PayloadDescriptor("CN", new string('a', 31) + number, 5, new string('b', 64), "text/csv", (await platform.Keys.TakeAsync()).Id);
        Ok(await agreement.RecordDepositAsync(Officer(Exporter), number, payload));
        Ok(await agreement.RecordDeliveryAsync(Officer(Importer), number, null));
    }

    private async Task AcceptedAsync(IAgreementGrain agreement, long number)
    {
        await DeliveredAsync(agreement, number);
        Ok(await agreement.ActAsync(Officer(Importer), platform.World.Operation(), number, TransferAct.Accept, "received"));
    }
}
