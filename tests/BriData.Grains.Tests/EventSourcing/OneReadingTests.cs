using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Contracts.Transfers;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Grains.Tests.Fixtures;
using BriData.Ledger;
using BriData.Policy.RulePacks;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.EventSourcing;

/// <summary>Acts around midnight: every reading of the clock is of a later day. The fixture has its ledgers judged in the end.</summary>
public sealed class OneReadingTests(PlatformFixture platform) : IClassFixture<PlatformFixture>
{
    private const string Importer = "KZ/customs";
    private const string Exporter = "CN/customs";

    [Fact]
    public async Task RulePack_ApprovedAndReturnedTo_GovernsFromTheDayOfTheEntry()
    {
        var country = platform.Grains.GetGrain<ICountryGrain>("KZ");
        var shipped = BuiltInPacks.FindForCountry("KZ")!.Version;
        var version = await platform.World.DraftPackAsync("KZ", "author");

        var approved = await SteppingAsync(() => country.ApproveRulePackAsync(Admin("KZ", "second"), platform.World.Operation(), version, null, null));
        var returned = await SteppingAsync(() => country.ReinstateRulePackAsync(Admin("KZ"), platform.World.Operation(), shipped, null));

        var approval = await EntryAsync(approved.Receipt);
        Assert.Equal(Day(approval), Assert.IsType<RulePackApproved>(approval.Data).InForceFrom);
        var reinstatement = await EntryAsync(returned.Receipt);
        Assert.Equal(Day(reinstatement), Assert.IsType<RulePackReinstated>(reinstatement.Data).InForceFrom);
    }

    [Fact]
    public async Task DepositAndDelivery_OnTheAgreementsLastDay_AreOfThatDay()
    {
        // The first reading looks whether the transfer is over, the second judges; what is judged is what is recorded.
        var today = DateOnly.FromDateTime(platform.Time.GetUtcNow().UtcDateTime);
        var agreement = await platform.World.AgreementAsync(validTo: today.AddDays(1));
        Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement)));
        var payload = new PayloadDescriptor("CN", "00112233445566778899aabbccddeeff", 100, new string('a', 64), "text/csv", "payload-key");

        var deposit = await SteppingAsync(() => agreement.RecordDepositAsync(Officer(Exporter), 1, payload));

        Assert.Equal(today.AddDays(1), Day(await EntryAsync(deposit.Transfer.LastReceipt!)));
    }

    [Fact]
    public async Task Signature_TheLast_IsOfTheTimeWhenAllIsLinked()
    {
        var agreement = await platform.World.AgreementAsync(signed: false);
        Ok(await agreement.SignAsync(Admin("CN"), platform.World.Operation()));

        var signed = await SteppingAsync(() => agreement.SignAsync(Admin("KZ"), platform.World.Operation()), TimeSpan.FromMinutes(2));

        Assert.Equal("inForce", signed.Status);
        var entries = new List<LedgerEvent>();
        await foreach (var stored in platform.Store.ReadAsync(LedgerId.Parse(signed.Receipt!.Ledger), signed.Receipt.Index, long.MaxValue))
        {
            entries.Add(EventDecoder.Decode(stored.Body));
        }

        Assert.True(entries.Count > 2, "The signature is followed by the contexts that were linked.");
        Assert.Single(entries.Select(e => e.At).Distinct());
    }

    private async Task<T> SteppingAsync<T>(Func<Task<Reply<T>>> act, TimeSpan? step = null)
    {
        platform.Time.AutoAdvanceAmount = step ?? TimeSpan.FromDays(1);
        try
        {
            return Ok(await act());
        }
        finally
        {
            platform.Time.AutoAdvanceAmount = TimeSpan.Zero;
        }
    }

    private async Task<LedgerEvent> EntryAsync(ReceiptReference receipt) => EventDecoder.Decode((await platform.StoredAsync(receipt)).Body);

    private static DateOnly Day(LedgerEvent entry) => DateOnly.FromDateTime(entry.At.UtcDateTime);
}
