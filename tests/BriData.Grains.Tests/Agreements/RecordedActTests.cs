using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Transfers;
using BriData.Grains.Tests.Fixtures;
using BriData.Ledger;
using BriData.Ledger.Storage;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Agreements;

/// <summary>Acts that are on record when the storage runs full behind them, before their answer is made.</summary>
[Collection(nameof(PlatformGroup))]
public sealed class RecordedActTests(PlatformFixture platform)
{
    private const string Importer = "KZ/customs";
    private const string Exporter = "CN/customs";

    private static readonly PayloadDescriptor Payload = new("CN", "00112233445566778899aabbccddeeff", 100, new string('a', 64), "text/csv", "payload-key");

    [Fact]
    public async Task Deposit_StorageFullBehindIt_IsNotRefusedForGoodAndCanBeCollected()
    {
        var agreement = await RequestedAsync();

        var deposit = await OvertakeAsync(agreement, () => agreement.RecordDepositAsync(Officer(Exporter), 1, Payload));

        Assert.Contains(deposit.Refusal?.Code, (string?[])[null, ErrorCodes.OutcomeUnknown]);
        Assert.Equal(Payload.Reference, Ok(await platform.RetryAsync(() => agreement.RecordDeliveryAsync(Officer(Importer), 1, null))).Reference);
    }

    [Fact]
    public async Task Approval_StorageFullBehindIt_IsNotRefusedForGood()
    {
        var agreement = await RequestedAsync(approvalBy: "CN");
        var operation = platform.World.Operation();

        var approved = await OvertakeAsync(agreement, Approve);

        Assert.Contains(approved.Refusal?.Code, (string?[])[null, ErrorCodes.OutcomeUnknown]);
        Assert.Equal("approved", Ok(await platform.RetryAsync(Approve)).Status);
        Assert.Equal(1, await platform.CountAsync(agreement, "transfer.approved"));

        Task<Reply<TransferView>> Approve() => agreement.ActAsync(Approver("CN"), operation, 1, TransferAct.Approve, null);
    }

    [Fact]
    public async Task Resumption_StorageFullBehindIt_IsNotRefusedForGood()
    {
        var agreement = await platform.World.AgreementAsync();
        Ok(await agreement.ChangeAsync(Admin("KZ"), platform.World.Operation(), AgreementAct.Suspend, "review"));
        var operation = platform.World.Operation();

        var resumed = await OvertakeAsync(agreement, Resume);

        Assert.Contains(resumed.Refusal?.Code, (string?[])[null, ErrorCodes.OutcomeUnknown]);
        Assert.Equal("inForce", Ok(await platform.RetryAsync(Resume)).Status);
        Assert.Equal(1, await platform.CountAsync(agreement, "agreement.resumed"));

        Task<Reply<AgreementView>> Resume() => agreement.ChangeAsync(Admin("KZ"), operation, AgreementAct.Resume, "");
    }

    private async Task<IAgreementGrain> RequestedAsync(string? approvalBy = null)
    {
        var agreement = await platform.World.AgreementAsync(approvalBy: approvalBy);
        Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement)));
        return agreement;
    }

    /// <summary>Has a request wait behind an act that is being written; the act is written, the request meets a full disk.</summary>
    private async Task<Reply<T>> OvertakeAsync<T>(IAgreementGrain agreement, Func<Task<Reply<T>>> act)
    {
        var ledger = LedgerId.Parse($"agreement/{agreement.GetPrimaryKeyString()}");
        var gate = platform.Store.HoldNext();
        var acting = act();
        await gate.Reached;
        var reads = platform.Reads.CallsOf(ledger);
        var next = agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement));
        while (platform.Reads.CallsOf(ledger) == reads)
        {
            // Its key is looked up in the turn in which it is enqueued.
            await Task.Yield();
        }

        platform.Store.FailNext(LedgerStoreFailure.Full, ledger.Value);
        gate.Release();
        var reply = await acting;
        Assert.Equal(ErrorCodes.LedgerFull, (await next).Refusal?.Code);
        return reply;
    }
}
