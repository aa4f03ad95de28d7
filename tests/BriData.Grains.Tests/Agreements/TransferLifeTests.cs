using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Contracts.Audit;
using BriData.Contracts.Countries;
using BriData.Contracts.Ledgers;
using BriData.Contracts.Transfers;
using BriData.Grains.Tests.Fixtures;
using BriData.Identity;
using BriData.Ledger.Notes;
using BriData.Ledger.Receipts;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Agreements;

[Collection(nameof(PlatformGroup))]
public sealed class TransferLifeTests(PlatformFixture platform)
{
    private const string Importer = "KZ/customs";
    private const string Exporter = "CN/customs";

    private static readonly PayloadDescriptor Payload = new("CN", "00112233445566778899aabbccddeeff", 100, new string('a', 64), "text/csv", "payload-key");

    [Fact]
    public async Task Exchange_FromRequestToAcceptance_GoesThroughEveryStatus()
    {
        var agreement = await platform.World.AgreementAsync();
        await RequestAsync(agreement);

        Assert.Equal("CN", Ok(await agreement.MayDepositAsync(Officer(Exporter), 1)).Jurisdiction);
        Assert.Equal("payloadDeposited", Ok(await agreement.RecordDepositAsync(Officer(Exporter), 1, Payload)).Transfer.Status);
        Assert.Equal(Payload, Ok(await agreement.RecordDeliveryAsync(Officer(Importer), 1, null)));
        Assert.Equal("delivered", Ok(await agreement.GetTransferAsync(Officer(Importer), 1)).Status);
        Assert.Equal("accepted", Ok(await ActAsync(agreement, Officer(Importer), TransferAct.Accept)).Status);

        var trail = Ok(await platform.Grains.GetGrain<IAuditGrain>(0).GetTrailAsync(Auditor("CN"), $"{agreement.GetPrimaryKeyString()}:1"));
        Assert.Equal(4, trail.Entries.Length);
    }

    [Fact]
    public async Task Deposit_SameContentAgain_IsOneEntryAndNamesTheFirst()
    {
        var agreement = await platform.World.AgreementAsync();
        await RequestAsync(agreement);
        Ok(await agreement.RecordDepositAsync(Officer(Exporter), 1, Payload));

        var again = Ok(await agreement.RecordDepositAsync(Officer(Exporter), 1, Payload with { Reference = "ffffffffffffffffffffffffffffffff" }));

        Assert.Equal(Payload.Reference, again.Reference);
        Assert.Equal(1, await platform.CountAsync(agreement, "payload.deposited"));
    }

    [Fact]
    public async Task Deposit_ByTheWrongSideOrInTheWrongPlace_IsRefused()
    {
        var agreement = await platform.World.AgreementAsync();
        await RequestAsync(agreement);

        Assert.Equal(ErrorCodes.NotYourAgency, (await agreement.MayDepositAsync(Officer(Importer), 1)).Refusal?.Code);
        Assert.Equal(ErrorCodes.InvalidField, (await agreement.RecordDepositAsync(Officer(Exporter), 1, Payload with { Jurisdiction = "KZ" })).Refusal?.Code);
        Assert.Equal(ErrorCodes.PayloadMissing, (await agreement.RecordDeliveryAsync(Officer(Importer), 1, null)).Refusal?.Code);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(99, 200, true)]
    [InlineData(100, 200, false)]
    [InlineData(-1, 5, false)]
    public async Task Delivery_Range_IsHeldToThePayload(long first, long last, bool satisfiable)
    {
        var agreement = await platform.World.AgreementAsync();
        await RequestAsync(agreement);
        Ok(await agreement.RecordDepositAsync(Officer(Exporter), 1, Payload));

        var delivery = await agreement.RecordDeliveryAsync(Officer(Importer), 1, new ByteRange(first, last));

        Assert.Equal(satisfiable ? null : ErrorCodes.RangeNotSatisfiable, delivery.Refusal?.Code);
        Assert.Equal(satisfiable ? 1 : 0, await platform.CountAsync(agreement, "payload.released"));
    }

    [Fact]
    public async Task Approval_NeedsAnotherPersonOfTheRightCountry()
    {
        var agreement = await platform.World.AgreementAsync(approvalBy: "CN");
        Assert.Equal("pendingApproval", (await RequestAsync(agreement)).Status);
        var self = TestCallers.Caller("KZ", Importer, CallerRoles.Agency | CallerRoles.Approver);

        Assert.Equal(ErrorCodes.NotYourCountry, (await ActAsync(agreement, self, TransferAct.Approve)).Refusal?.Code);
        Assert.Equal(ErrorCodes.RoleMissing, (await ActAsync(agreement, Officer(Exporter), TransferAct.Approve)).Refusal?.Code);
        Assert.Equal(ErrorCodes.WrongState, (await agreement.MayDepositAsync(Officer(Exporter), 1)).Refusal?.Code);
        Assert.Equal("approved", Ok(await ActAsync(agreement, Approver("CN"), TransferAct.Approve)).Status);
        Assert.True((await agreement.MayDepositAsync(Officer(Exporter), 1)).IsOk);
    }

    [Fact]
    public async Task Approval_ByTheOfficerWhoAsked_IsRefused()
    {
        var agreement = await platform.World.AgreementAsync(approvalBy: "KZ");
        await RequestAsync(agreement);
        var self = TestCallers.Caller("KZ", Importer, CallerRoles.Agency | CallerRoles.Approver);

        Assert.Equal(ErrorCodes.SecondPersonNeeded, (await ActAsync(agreement, self, TransferAct.Approve)).Refusal?.Code);
    }

    [Theory]
    [InlineData(TransferAct.Reject, "rejected")]
    [InlineData(TransferAct.Withdraw, "withdrawn")]
    public async Task EndedTransfer_TakesNoFurtherAct(TransferAct act, string status)
    {
        var agreement = await platform.World.AgreementAsync(approvalBy: "CN");
        await RequestAsync(agreement);
        var actor = act == TransferAct.Reject ? Approver("CN") : Officer(Importer);

        Assert.Equal(status, Ok(await ActAsync(agreement, actor, act)).Status);
        Assert.Equal(ErrorCodes.WrongState, (await ActAsync(agreement, Approver("CN"), TransferAct.Approve)).Refusal?.Code);
    }

    [Fact]
    public async Task Transfer_PastItsTime_IsExpiredAndSaysSoOnTheLedger()
    {
        var agreement = await platform.World.AgreementAsync(validDays: 1);
        await RequestAsync(agreement);
        platform.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal("expired", Ok(await agreement.GetTransferAsync(Officer(Importer), 1)).Status);
        Assert.Equal(ErrorCodes.WrongState, (await agreement.MayDepositAsync(Officer(Exporter), 1)).Refusal?.Code);
        Assert.Equal(1, await platform.CountAsync(agreement, "transfer.expired"));
    }

    [Fact]
    public async Task Transfer_PastItsTimeAskedForByOneWhoMayNotSeeIt_LeavesNoEntry()
    {
        await platform.World.PutAgencyAsync("KZ/onlooker");
        var agreement = await platform.World.AgreementAsync(validDays: 1);
        await RequestAsync(agreement);
        platform.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(ErrorCodes.UnknownTransfer, (await agreement.GetTransferAsync(Officer("KZ/onlooker"), 1)).Refusal?.Code);
        Assert.Equal(0, await platform.CountAsync(agreement, "transfer.expired"));
        Assert.Equal("expired", Ok(await agreement.GetTransferAsync(Officer(Importer), 1)).Status);
    }

    [Fact]
    public async Task ClosedTransfer_NotIndexedYet_IsFoundByItsSidesAndUnknownToOthers()
    {
        await platform.World.PutAgencyAsync("KZ/bystander");
        var agreement = await platform.World.AgreementAsync();
        for (var i = 0; i < 6; i++)
        {
            Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement, "CN/customs/travellers")));
        }

        Assert.Equal(ErrorCodes.UnknownTransfer, (await agreement.GetTransferAsync(Officer("KZ/bystander"), 1)).Refusal?.Code);
        Assert.Equal(ErrorCodes.UnknownTransfer, (await agreement.GetTransferAsync(Officer("KZ/bystander"), 999)).Refusal?.Code);
        for (var i = 0; i < 6; i++)
        {
            Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement, "CN/customs/travellers")));
        }

        Assert.Equal("denied", Ok(await agreement.GetTransferAsync(Officer(Importer), 8)).Status);
    }

    [Fact]
    public async Task ClosedTransfers_BeyondMemory_AreFoundThroughTheIndex()
    {
        var agreement = await platform.World.AgreementAsync();
        for (var i = 0; i < 12; i++)
        {
            Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement, "CN/customs/travellers")));
        }

        Ok(await platform.Grains.GetGrain<IAuditGrain>(0).SearchAsync(Auditor("KZ"), new AuditQuestion()));
        var first = Ok(await agreement.GetTransferAsync(Officer(Importer), 1));

        Assert.Equal("denied", first.Status);
        Assert.Equal("CN/customs/travellers", first.DataSet);
    }

    [Fact]
    public async Task Delivery_AfterTheExporterWasSuspended_StopsTheTransfer()
    {
        await platform.World.PutAgencyAsync("CN/harbour");
        await platform.World.PutDataSetAsync("CN/harbour/calls");
        var agreement = await platform.World.AgreementAsync(agency: "CN/harbour");
        Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement, "CN/harbour/calls")));
        Ok(await agreement.RecordDepositAsync(Officer("CN/harbour"), 1, Payload));
        Ok(await platform.Grains.GetGrain<IAgencyGrain>("CN/harbour").SuspendAsync(Admin("CN"), platform.World.Operation(), "inquiry"));

        var delivery = await agreement.RecordDeliveryAsync(Officer(Importer), 1, null);

        Assert.Equal(ErrorCodes.TransferStopped, delivery.Refusal?.Code);
        Assert.Equal("stopped", Ok(await agreement.GetTransferAsync(Officer(Importer), 1)).Status);
        Assert.All(await platform.ReplayAsync(Ledger.LedgerId.Parse($"agreement/{agreement.GetPrimaryKeyString()}")), r => Assert.True(r.IsIdentical));
    }

    [Fact]
    public async Task Agreement_SuspendedThenTerminated_RefusesAndStops()
    {
        var agreement = await platform.World.AgreementAsync();
        await RequestAsync(agreement);

        Assert.Equal("suspended", Ok(await agreement.ChangeAsync(Admin("KZ"), platform.World.Operation(), AgreementAct.Suspend, "review")).Status);
        var refused = await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement));
        Assert.Equal(ErrorCodes.AgreementNotInForce, refused.Refusal?.Code);
        Assert.Equal(ErrorCodes.WrongState, (await agreement.ChangeAsync(Admin("CN"), platform.World.Operation(), AgreementAct.Resume, "")).Refusal?.Code);
        Assert.Equal("inForce", Ok(await agreement.ChangeAsync(Admin("KZ"), platform.World.Operation(), AgreementAct.Resume, "")).Status);
        Assert.Equal("terminated", Ok(await agreement.ChangeAsync(Admin("CN"), platform.World.Operation(), AgreementAct.Terminate, "")).Status);
        Assert.Equal("stopped", Ok(await agreement.GetTransferAsync(Officer(Importer), 1)).Status);
    }

    [Fact]
    public async Task Agreement_Terminated_NoLongerShowsItsDataSetsToTheOtherSide()
    {
        await platform.World.PutAgencyAsync("CN/lighthouse");
        await platform.World.PutDataSetAsync("CN/lighthouse/beacons");
        var agreement = await platform.World.AgreementAsync(agency: "CN/lighthouse");
        Assert.Equal(1, await SeenByAsync("KZ"));
        var operation = platform.World.Operation();
        platform.Store.FailNext(BriData.Ledger.Storage.LedgerStoreFailure.Unavailable, "agency/CN.lighthouse");

        var pending = await agreement.ChangeAsync(Admin("CN"), operation, AgreementAct.Terminate, "");
        var repeated = Ok(await platform.RetryAsync(() => agreement.ChangeAsync(Admin("CN"), operation, AgreementAct.Terminate, "")));

        Assert.Equal(ErrorCodes.PublicationPending, pending.Refusal?.Code);
        Assert.Equal("terminated", repeated.Status);
        Assert.Equal(0, await SeenByAsync("KZ"));
        Assert.Equal(1, await SeenByAsync("CN"));

        async Task<int> SeenByAsync(string country) =>
            Ok(await platform.Grains.GetGrain<IRegistryGrain>(0).ListDataSetsAsync(Admin(country), null, 500, "CN/lighthouse/")).Items.Length;
    }

    [Fact]
    public async Task Agreement_Terminated_IsClosedToAnAgencySuspendedSince()
    {
        await platform.World.PutAgencyAsync("CN/quarantine");
        await platform.World.PutDataSetAsync("CN/quarantine/cases");
        var agreement = await platform.World.AgreementAsync(agency: "CN/quarantine");
        Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement, "CN/quarantine/cases")));
        Ok(await agreement.ChangeAsync(Admin("CN"), platform.World.Operation(), AgreementAct.Terminate, ""));
        Assert.Equal("stopped", Ok(await agreement.GetTransferAsync(Officer("CN/quarantine"), 1)).Status);

        Ok(await platform.Grains.GetGrain<IAgencyGrain>("CN/quarantine").SuspendAsync(Admin("CN"), platform.World.Operation(), "inquiry"));

        Assert.Equal(ErrorCodes.AgencySuspended, (await agreement.GetTransferAsync(Officer("CN/quarantine"), 1)).Refusal?.Code);
        Assert.Equal("stopped", Ok(await agreement.GetTransferAsync(Officer(Importer), 1)).Status);
    }

    [Fact]
    public async Task Agreement_OneSignatureMissing_IsNotInForce()
    {
        var agreement = await platform.World.AgreementAsync(signed: false);
        Ok(await agreement.SignAsync(Admin("CN"), platform.World.Operation()));

        Assert.Equal(ErrorCodes.AlreadySigned, (await agreement.SignAsync(Admin("CN", "other"), platform.World.Operation())).Refusal?.Code);
        Assert.Equal(ErrorCodes.AgreementNotInForce, (await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement))).Refusal?.Code);
    }

    [Fact]
    public async Task Receipt_OfAPermit_VerifiesWithTheLedgersKeyAlone()
    {
        var agreement = await platform.World.AgreementAsync();
        var reply = await RequestAsync(agreement);
        var ledgers = platform.Grains.GetGrain<ILedgerGrain>(0);

        var proof = TlogProof.Parse(Ok(await ledgers.GetReceiptAsync(Officer(Importer), reply.Id)));
        var vkey = Ok(await ledgers.ListAsync(Auditor("KZ"))).Items.Single(l => l.Id == reply.Receipt.Ledger).Vkey;

        var stored = await platform.StoredAsync(reply.Receipt);
        Assert.Null(proof.VerifyEntry(stored.Body.Span, NoteVerifier.Parse(vkey)).Problem);
        Assert.NotNull(proof.VerifyEntry("{}"u8, NoteVerifier.Parse(vkey)).Problem);
        Assert.Equal(ErrorCodes.UnknownTransfer, (await ledgers.GetReceiptAsync(Officer("SG/customs"), reply.Id)).Refusal?.Code);
    }

    private async Task<TransferReply> RequestAsync(IAgreementGrain agreement) =>
        Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement)));

    private Task<Reply<TransferView>> ActAsync(IAgreementGrain agreement, Caller caller, TransferAct act) =>
        agreement.ActAsync(caller, platform.World.Operation(), 1, act, null);
}
