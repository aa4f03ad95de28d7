using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Audit;
using BriData.Contracts.Ledgers;
using BriData.Contracts.Transfers;
using BriData.Grains.Tests.Fixtures;
using BriData.Ledger;
using BriData.Ledger.Notes;
using BriData.Ledger.Payloads;
using BriData.Ledger.Receipts;
using BriData.Ledger.Verification;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Agreements;

/// <summary>Values are destroyed, and every proof stays good (I8, I9).</summary>
[Collection(nameof(PlatformGroup))]
public sealed class ErasureTests(PlatformFixture platform)
{
    private const string Importer = "KZ/customs";
    private const string Exporter = "CN/customs";

    [Fact]
    public async Task Erase_AnAcceptedTransfer_DestroysPayloadAndTextsAndSaysSo()
    {
        var agreement = await platform.World.AgreementAsync();
        var payload = await ExchangeAsync(agreement, "thank you, Mr Li");
        var before = await TrailAsync(agreement);
        Assert.Equal(["Customs law, article 7, officer Smith", "thank you, Mr Li"], Texts(before).Select(t => t.Text));

        var erased = Ok(await EraseAsync(agreement, Officer(Exporter), reason: "court order"));

        Assert.Equal("erased", erased.Status);
        var erasure = Assert.Single(erased.Erasures);
        Assert.Equal(["payload", "statements"], erasure.Classes.AsEnumerable());
        Assert.Equal(("request", platform.Time.GetUtcNow()), (erasure.Rule, erasure.DestroyedAt));
        Assert.NotNull((await platform.Keys.FindAsync(payload.Key!)).ErasedAt);
        Assert.Null(await platform.Payloads.OpenAsync("CN", payload.Reference));
        var after = Texts(await TrailAsync(agreement));
        Assert.Equal(["erased", "erased", "open"], after.Select(t => t.Status));
        Assert.Equal([null, null, "court order"], after.Select(t => t.Text));
        Assert.All(after.Take(2), t => Assert.Equal(platform.Time.GetUtcNow(), t.ErasedAt));
        Assert.Equal(erased.Erasures.AsEnumerable(), Ok(await agreement.GetTransferAsync(Officer(Importer), 1)).Erasures, SameErasure);
    }

    [Fact]
    public async Task Erase_Done_LeavesLedgerReplayAndReceiptGood()
    {
        var agreement = await platform.World.AgreementAsync();
        await ExchangeAsync(agreement);
        var ledger = LedgerId.Parse($"agreement/{agreement.GetPrimaryKeyString()}");
        var receipt = Ok(await platform.Grains.GetGrain<ILedgerGrain>(0).GetReceiptAsync(Officer(Importer), TransferOf(agreement)));
        var stored = await platform.StoredAsync(Ok(await agreement.GetTransferAsync(Officer(Importer), 1)).Receipt);

        Ok(await EraseAsync(agreement, Officer(Exporter)));

        var vkey = Ok(await platform.Grains.GetGrain<ILedgerGrain>(0).ListAsync(Auditor("KZ"))).Items.Single(l => l.Id == ledger.Value).Vkey;
        Assert.Null(TlogProof.Parse(receipt).VerifyEntry(stored.Body.Span, NoteVerifier.Parse(vkey)).Problem);
        Assert.True((await LedgerVerifier.VerifyAsync(platform.Store, ledger)).Ok);
        Assert.NotEmpty(await platform.ReplayAsync(ledger));
        Assert.All(await platform.ReplayAsync(ledger), r => Assert.True(r.IsIdentical));
    }

    [Fact]
    public async Task Erase_Repeated_IsOneEntryAndTheSameAnswer()
    {
        var agreement = await platform.World.AgreementAsync();
        await ExchangeAsync(agreement);
        var operation = platform.World.Operation();

        var first = Ok(await agreement.EraseTransferAsync(Officer(Exporter), operation, 1, null, null));
        var again = Ok(await agreement.EraseTransferAsync(Officer(Exporter), operation, 1, null, null));

        Assert.Equal((first.Status, first.LastReceipt), (again.Status, again.LastReceipt));
        Assert.Equal(first.Erasures.AsEnumerable(), again.Erasures, SameErasure);
        Assert.Equal(1, await platform.CountAsync(agreement, "transfer.erased"));
        Assert.Equal(1, await platform.CountAsync(agreement, "erasure.completed"));
        Assert.Equal(ErrorCodes.WrongState, (await EraseAsync(agreement, Officer(Exporter))).Refusal?.Code);
        Assert.Equal(ErrorCodes.IdempotencyKeyReused, (await agreement.EraseTransferAsync(Officer(Exporter), operation with { Fingerprint = "other" }, 1, null, null)).Refusal?.Code);
    }

    [Fact]
    public async Task Erase_OneClass_LeavesTheOther()
    {
        var agreement = await platform.World.AgreementAsync();
        var payload = await ExchangeAsync(agreement);

        var statements = Ok(await EraseAsync(agreement, Admin("KZ"), "statements"));

        Assert.Equal("accepted", statements.Status);
        Assert.NotNull(await platform.Payloads.OpenAsync("CN", payload.Reference));
        Assert.Equal("erased", Ok(await EraseAsync(agreement, Admin("CN"), "payload")).Status);
        Assert.Null(await platform.Payloads.OpenAsync("CN", payload.Reference));
        Assert.Equal(2, Ok(await agreement.GetTransferAsync(Officer(Importer), 1)).Erasures.Length);
    }

    [Fact]
    public async Task Erase_Delivered_ClosesTheTransferAndNobodyGetsThePayload()
    {
        var agreement = await platform.World.AgreementAsync();
        await ExchangeAsync(agreement, accept: false);

        Assert.Equal("erased", Ok(await EraseAsync(agreement, Officer(Exporter))).Status);

        Assert.Equal(ErrorCodes.PayloadErased, (await agreement.RecordDeliveryAsync(Officer(Importer), 1, null)).Refusal?.Code);
        Assert.Equal(ErrorCodes.PayloadErased, (await agreement.MayDepositAsync(Officer(Exporter), 1)).Refusal?.Code);
        Assert.Equal(ErrorCodes.WrongState, (await agreement.ActAsync(Officer(Importer), platform.World.Operation(), 1, TransferAct.Accept, null)).Refusal?.Code);
        Assert.Equal(ErrorCodes.NotYourAgency, (await agreement.RecordDeliveryAsync(Officer(Exporter), 1, null)).Refusal?.Code);
    }

    [Fact]
    public async Task Erase_StatementsOfADeliveredTransfer_LeavesItOpenAndLaterReasonsAreKept()
    {
        var agreement = await platform.World.AgreementAsync();
        await ExchangeAsync(agreement, accept: false);

        Assert.Equal("delivered", Ok(await EraseAsync(agreement, Officer(Exporter), "statements")).Status);
        Assert.Equal("accepted", Ok(await agreement.ActAsync(Officer(Importer), platform.World.Operation(), 1, TransferAct.Accept, "fine")).Status);

        Assert.Equal([("erased", null), ("open", "fine")], Texts(await TrailAsync(agreement)).Select(t => (t.Status, t.Text)));
    }

    [Fact]
    public async Task Erase_OpenTransfer_IsRefusedUntilItIsWithdrawn()
    {
        var agreement = await platform.World.AgreementAsync();
        await RequestAsync(agreement);
        Ok(await agreement.RecordDepositAsync(Officer(Exporter), 1, await StoreAsync()));

        Assert.Equal(ErrorCodes.WrongState, (await EraseAsync(agreement, Officer(Exporter))).Refusal?.Code);
        Ok(await agreement.ActAsync(Officer(Importer), platform.World.Operation(), 1, TransferAct.Withdraw, null));

        Assert.Equal("withdrawn", Ok(await EraseAsync(agreement, Officer(Exporter))).Status);
    }

    [Fact]
    public async Task Erase_ByWhoeverHasNoRight_IsRefusedAndNotRecorded()
    {
        var agreement = await platform.World.AgreementAsync();
        await ExchangeAsync(agreement);

        Assert.Equal(ErrorCodes.NotYourAgency, (await EraseAsync(agreement, Officer(Importer))).Refusal?.Code);
        Assert.Equal(ErrorCodes.RoleMissing, (await EraseAsync(agreement, Auditor("CN"))).Refusal?.Code);
        Assert.Equal(ErrorCodes.UnknownTransfer, (await EraseAsync(agreement, Admin("SG"))).Refusal?.Code);
        Assert.Equal(ErrorCodes.InvalidField, (await EraseAsync(agreement, Admin("CN"), "everything")).Refusal?.Code);
        Assert.Equal(0, await platform.CountAsync(agreement, "transfer.erased"));
    }

    [Fact]
    public async Task Erase_KeysCannotBeDestroyed_IsPendingAndFinishedByARetry()
    {
        var agreement = await platform.World.AgreementAsync();
        var payload = await ExchangeAsync(agreement);
        var operation = platform.World.Operation();
        platform.Keys.FailErasing = true;
        try
        {
            var pending = await agreement.EraseTransferAsync(Officer(Exporter), operation, 1, null, null);

            Assert.Equal(ErrorCodes.ErasurePending, pending.Refusal?.Code);
            var meanwhile = Ok(await agreement.GetTransferAsync(Officer(Importer), 1));
            Assert.Equal(("erasing", null), (meanwhile.Status, Assert.Single(meanwhile.Erasures).DestroyedAt));

            // The key is there still; the text is not told.
            var told = Assert.Single(Texts(await TrailAsync(agreement)));
            Assert.Equal(("erased", null, platform.Time.GetUtcNow()), (told.Status, told.Text, told.ErasedAt));
            var explained = Ok(await platform.Grains.GetGrain<IExplanationGrain>(0).ExplainAsync(Auditor("CN"), TransferOf(agreement), ["en"]));
            Assert.Equal("erased", Assert.Single(explained.Texts).Status);
            Assert.Equal(ErrorCodes.PayloadErased, (await agreement.RecordDeliveryAsync(Officer(Importer), 1, null)).Refusal?.Code);
        }
        finally
        {
            platform.Keys.FailErasing = false;
        }

        Assert.Equal("erased", Ok(await agreement.EraseTransferAsync(Officer(Exporter), operation, 1, null, null)).Status);

        Assert.NotNull((await platform.Keys.FindAsync(payload.Key!)).ErasedAt);
        Assert.Equal(1, await platform.CountAsync(agreement, "transfer.erased"));
    }

    [Fact]
    public async Task Erase_TheActivationIsLostBeforeTheKeys_IsFinishedByTheNext()
    {
        var agreement = await platform.World.AgreementAsync();
        var payload = await ExchangeAsync(agreement);
        platform.Keys.FailErasing = true;
        try
        {
            await EraseAsync(agreement, Officer(Exporter));
            platform.Store.FailNext(BriData.Ledger.Storage.LedgerStoreFailure.Unavailable, $"agreement/{agreement.GetPrimaryKeyString()}");
            await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement));
        }
        finally
        {
            platform.Keys.FailErasing = false;
        }

        Assert.True(Ok(await platform.RetryAsync(agreement.SettleAsync)));

        Assert.NotNull((await platform.Keys.FindAsync(payload.Key!)).ErasedAt);
        Assert.Equal("erasure.completed", KindOf((await TrailAsync(agreement)).Entries[^1]));
        Assert.Equal("erased", Ok(await agreement.GetTransferAsync(Officer(Importer), 1)).Status);
        Assert.Equal(1, await platform.CountAsync(agreement, "erasure.completed"));
    }

    [Fact]
    public async Task Act_WhileAnErasureDestroysTheKey_SealsItsReasonUnderAFreshOne()
    {
        var agreement = await platform.World.AgreementAsync();
        await ExchangeAsync(agreement, accept: false);
        var gate = platform.Keys.HoldFinding();
        var accepting = agreement.ActAsync(Officer(Importer), platform.World.Operation(), 1, TransferAct.Accept, "thank you");
        await gate.Reached.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal("delivered", Ok(await EraseAsync(agreement, Officer(Exporter), "statements")).Status);
        gate.Open();

        Assert.Equal("accepted", Ok(await accepting).Status);
        Assert.Equal([("erased", null), ("open", "thank you")], Texts(await TrailAsync(agreement)).Select(t => (t.Status, t.Text)));
    }

    [Fact]
    public async Task Erase_AnotherPayloadCannotBeDeleted_IsDoneAndTheOtherFollows()
    {
        var agreement = await platform.World.AgreementAsync();
        var stuck = await ExchangeAsync(agreement);
        var free = await ExchangeAsync(agreement, number: 2);
        platform.Payloads.Fail(stuck.Reference);
        try
        {
            Assert.Equal(ErrorCodes.ErasurePending, (await EraseAsync(agreement, Officer(Exporter))).Refusal?.Code);
            Assert.NotNull((await platform.Keys.FindAsync(stuck.Key!)).ErasedAt);

            Assert.Equal("erased", Ok(await agreement.EraseTransferAsync(Officer(Exporter), platform.World.Operation(), 2, null, null)).Status);

            Assert.Null(await platform.Payloads.OpenAsync("CN", free.Reference));
            Assert.Equal(1, await platform.CountAsync(agreement, "erasure.completed"));
            Assert.Equal("erasing", Ok(await agreement.GetTransferAsync(Officer(Importer), 1)).Status);
        }
        finally
        {
            platform.Payloads.Fail(null);
        }

        Assert.True(Ok(await agreement.SettleAsync()));
        Assert.Equal("erased", Ok(await agreement.GetTransferAsync(Officer(Importer), 1)).Status);
        Assert.Null(await platform.Payloads.OpenAsync("CN", stuck.Reference));
    }

    [Fact]
    public async Task Act_RepeatedAfterAnErasure_IsAnsweredAsItWas()
    {
        var agreement = await platform.World.AgreementAsync();
        await ExchangeAsync(agreement, accept: false);
        var operation = platform.World.Operation();
        var first = Ok(await agreement.ActAsync(Officer(Importer), operation, 1, TransferAct.Accept, null));
        Ok(await EraseAsync(agreement, Officer(Exporter)));

        var again = Ok(await agreement.ActAsync(Officer(Importer), operation, 1, TransferAct.Accept, null));

        Assert.Equal((first.Status, first.LastReceipt, 0), (again.Status, again.LastReceipt, again.Erasures.Length));
    }

    [Fact]
    public async Task Erase_TheIndexCannotTakeInAnotherLedger_IsDoneWhereItHasAllOfThisOne()
    {
        var agreement = await platform.World.AgreementAsync();
        await ExchangeAsync(agreement);
        for (var other = 0; other < 8; other++)
        {
            // So that the first is not in memory any more.
            Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement, "CN/customs/travellers")));
        }

        await TrailAsync(agreement);
        platform.Freshness.Stalled = LedgerId.Parse("agreement/other");
        try
        {
            Assert.Equal("erased", Ok(await EraseAsync(agreement, Officer(Exporter))).Status);
        }
        finally
        {
            platform.Freshness.Stalled = null;
        }
    }

    [Fact]
    public async Task Erase_TheIndexCannotTakeInTheLedger_IsRefused()
    {
        var agreement = await platform.World.AgreementAsync();
        await ExchangeAsync(agreement);
        platform.Freshness.Stalled = LedgerId.Parse($"agreement/{agreement.GetPrimaryKeyString()}");
        try
        {
            for (var other = 0; other < 8; other++)
            {
                Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement, "CN/customs/travellers")));
            }

            Assert.Equal(ErrorCodes.LedgerCorrupt, (await EraseAsync(agreement, Officer(Exporter))).Refusal?.Code);
        }
        finally
        {
            platform.Freshness.Stalled = null;
        }

        Assert.Equal(0, await platform.CountAsync(agreement, "transfer.erased"));
    }

    [Fact]
    public async Task Request_NoKeyCanBeHad_IsRefusedAndNotRecorded()
    {
        var agreement = await platform.World.AgreementAsync();
        platform.Keys.FailTaking = true;
        try
        {
            var refused = await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement));
            Assert.Equal(ErrorCodes.KeysUnavailable, refused.Refusal?.Code);
            Assert.True((await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement) with { LegalBasis = null })).IsOk);
        }
        finally
        {
            platform.Keys.FailTaking = false;
        }

        Assert.Equal(1, await platform.CountAsync(agreement, "transfer.requested"));
    }

    [Fact]
    public async Task Explanation_ShowsTextsToAuditorsOnly()
    {
        var agreement = await platform.World.AgreementAsync();
        await ExchangeAsync(agreement);
        var explanations = platform.Grains.GetGrain<IExplanationGrain>(0);

        Assert.Empty(Ok(await explanations.ExplainAsync(Officer(Importer), TransferOf(agreement), ["en"])).Texts);
        Assert.Contains(Ok(await explanations.ExplainAsync(Auditor("CN"), TransferOf(agreement), ["en"])).Texts, t => t.Text == "Customs law, article 7, officer Smith");
    }

    private static string? KindOf(AuditEntryView view)
    {
        using var entry = System.Text.Json.JsonDocument.Parse(view.Entry.Utf8);
        return entry.RootElement.GetProperty("kind").GetString();
    }

    private static string TransferOf(IAgreementGrain agreement) => $"{agreement.GetPrimaryKeyString()}:1";

    private static bool SameErasure(ErasureView left, ErasureView right) =>
        left.Classes.SequenceEqual(right.Classes) && left with { Classes = right.Classes } == right;

    private static IEnumerable<PrivateTextView> Texts(AuditTrailView trail) => trail.Entries.SelectMany(e => e.Texts);

    private async Task<AuditTrailView> TrailAsync(IAgreementGrain agreement) =>
        Ok(await platform.Grains.GetGrain<IAuditGrain>(0).GetTrailAsync(Auditor("CN"), TransferOf(agreement)));

    private Task<Reply<TransferView>> EraseAsync(IAgreementGrain agreement, Caller caller, string? only = null, string? reason = null) =>
        agreement.EraseTransferAsync(caller, platform.World.Operation(), 1, only is null ? null : [only], reason);

    private async Task RequestAsync(IAgreementGrain agreement) =>
        Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement)));

    private async Task<PayloadDescriptor> StoreAsync()
    {
        using var content = new MemoryStream("goods"u8.ToArray());
        var payloads = new SealedPayloads(platform.Payloads, platform.Keys, platform.Time);
        var staged = await payloads.StageAsync("CN", content, long.MaxValue);
        await payloads.PublishAsync(staged);
        return new PayloadDescriptor("CN", staged.Reference, staged.Size, staged.Sha256.ToString(), "text/csv", staged.KeyId);
    }

    /// <summary>An exchange up to its acceptance.</summary>
    private async Task<PayloadDescriptor> ExchangeAsync(IAgreementGrain agreement, string? reason = null, bool accept = true, long number = 1)
    {
        await RequestAsync(agreement);
        var payload = await StoreAsync();
        Ok(await agreement.RecordDepositAsync(Officer(Exporter), number, payload));
        Ok(await agreement.RecordDeliveryAsync(Officer(Importer), number, null));
        if (accept)
        {
            Ok(await agreement.ActAsync(Officer(Importer), platform.World.Operation(), number, TransferAct.Accept, reason));
        }

        return payload;
    }
}
