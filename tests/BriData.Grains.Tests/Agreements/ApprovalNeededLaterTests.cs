using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Contracts.Transfers;
using BriData.Grains.Tests.Fixtures;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Agreements;

/// <summary>What was approved under rules that changed since. A platform of its own: the rules change for all its agreements.</summary>
public sealed class ApprovalNeededLaterTests(PlatformFixture platform) : IClassFixture<PlatformFixture>
{
    private static readonly PayloadDescriptor Payload = new("CN", "00112233445566778899aabbccddeeff", 100, new string('a', 64), "text/csv", "payload-key");

    private const string ReviewingPack = """
        format: 1
        jurisdiction: KZ
        version: "reviewing"
        title:
          en: A person looks at all that comes in
        disclaimer: engineering summary, not legal advice
        lastChecked: 2026-11-22
        rules:
          - id: test-reviews
            role: importer
            citation: {law: Law of the test, article: art. 1}
            certainty: S+
            effectiveFrom: 2020-01-01
            when: always
            outcome: HUMAN_REVIEW
            texts:
              en: A person looks at it.
        tests:
          - name: whatever comes in
            eventDate: 2026-06-15
            facts: {packRole: Importer}
            expect: {outcome: HUMAN_REVIEW}

        """;

    [Fact]
    public async Task Deposit_OnceAnotherCountrysApprovalIsNeededToo_StopsTheTransfer()
    {
        var (agreement, country) = (await platform.World.AgreementAsync(approvalBy: "CN"), platform.Grains.GetGrain<ICountryGrain>("KZ"));
        Assert.Equal("pendingApproval", Ok(await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement))).Status);
        Assert.Equal("approved", Ok(await agreement.ActAsync(Approver("CN"), platform.World.Operation(), 1, TransferAct.Approve, null)).Status);
        Ok(await country.DraftRulePackAsync(Admin("KZ"), platform.World.Operation(), Json(ReviewingPack).Utf8));
        Ok(await country.TestRulePackAsync(Admin("KZ"), platform.World.Operation(), "reviewing", null));
        Ok(await country.ApproveRulePackAsync(Admin("KZ", "second"), platform.World.Operation(), "reviewing", null, null));

        var deposit = await agreement.RecordDepositAsync(Officer("CN/customs"), 1, Payload);

        Assert.Equal(ErrorCodes.TransferStopped, deposit.Refusal?.Code);
        Assert.Equal("stopped", Ok(await agreement.GetTransferAsync(Officer("KZ/customs"), 1)).Status);
        Assert.Equal(0, await platform.CountAsync(agreement, "payload.deposited"));
    }
}
