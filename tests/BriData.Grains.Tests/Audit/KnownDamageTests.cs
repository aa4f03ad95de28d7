using BriData.Contracts;
using BriData.Contracts.Audit;
using BriData.Contracts.Countries;
using BriData.Contracts.Ledgers;
using BriData.Contracts.Transfers;
using BriData.Grains.Tests.Fixtures;
using BriData.Ledger;
using BriData.Ledger.Storage;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Audit;

/// <summary>An answer that would lack what damage has taken is refused, and nothing else is (I3, I10).</summary>
[Collection(nameof(PlatformGroup))]
public sealed class KnownDamageTests(PlatformFixture platform) : IDisposable
{
    public void Dispose() => platform.Upkeep.Damage = [];

    [Fact]
    public async Task Search_LedgerThatHasLostEntries_IsRefusedToItsPartiesAlone()
    {
        var ledger = await LedgerAsync();

        platform.Upkeep.Damage = [new LedgerDamage(ledger, "It had 90 entries and has 80 now.")];

        await ServedAsync("SG");
        foreach (var country in new[] { "CN", "KZ" })
        {
            Assert.All(await LooksAsync(country), refusal => Assert.Equal(ErrorCodes.LedgerCorrupt, refusal?.Code));
            Assert.All(await LooksAsync(country), refusal => Assert.Contains(ledger.Value, refusal!.Detail, StringComparison.Ordinal));
        }

        // They are told which it is: it is on their list.
        Assert.Contains(Ok(await Ledgers.ListAsync(Auditor("KZ"))).Items, l => l.Id == ledger.Value);
    }

    [Fact]
    public async Task Search_NamelessLedgerThatNobodyCanTell_IsRefusedToAllAndNamesNothing()
    {
        var ledger = await LedgerAsync();

        platform.Upkeep.Damage = [new LedgerDamage(default, "Ledger number 7 cannot be told by its name any more.")];

        foreach (var country in new[] { "SG", "CN", "KZ" })
        {
            Assert.All([.. await LooksAsync(country), (await Ledgers.ListAsync(Auditor(country))).Refusal], refusal =>
            {
                Assert.Equal(ErrorCodes.LedgerCorrupt, refusal?.Code);
                Assert.DoesNotContain("/", refusal!.Detail, StringComparison.Ordinal);
                Assert.DoesNotContain("7", refusal.Detail, StringComparison.Ordinal);
            });
        }

        platform.Upkeep.Damage = [];
        await ServedAsync("KZ");
        Assert.Contains(Ok(await Ledgers.ListAsync(Auditor("KZ"))).Items, l => l.Id == ledger.Value);
    }

    [Fact]
    public async Task Search_LedgerWhoseNameOnlyIsInDoubt_IsRefusedToItsPartiesAlone()
    {
        var ledger = await LedgerAsync();
        await ServedAsync("KZ");

        platform.Upkeep.Damage = [new LedgerDamage(ledger, "Its name or its head is damaged."), new LedgerDamage(default, "Which is ledger number 7?", ledger)];

        await ServedAsync("SG");
        Assert.All(await LooksAsync("KZ"), refusal => Assert.Contains(ledger.Value, refusal?.Detail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("country/KZ")]
    public async Task Lists_OfCountriesThatMightLackOne_AreRefusedAndNameNothing(string? damaged)
    {
        var registry = platform.Grains.GetGrain<IRegistryGrain>(0);
        platform.Upkeep.Damage = [new LedgerDamage(damaged is null ? default : LedgerId.Parse(damaged), "Ledger number 7 is damaged.")];

        foreach (var refusal in new[]
        {
            (await registry.ListCountriesAsync(null, 500, membersOnly: true)).Refusal,
            (await registry.ListCountriesAsync(null, 500, membersOnly: false)).Refusal,
            (await registry.ListDataSetsAsync(Admin("CN"), null, 500, null)).Refusal,
            (await registry.GetSeatAsync("EU")).Refusal,
        })
        {
            Assert.Equal(ErrorCodes.LedgerCorrupt, refusal?.Code);
            Assert.DoesNotContain("KZ", refusal!.Detail, StringComparison.Ordinal);
            Assert.DoesNotContain("7", refusal.Detail, StringComparison.Ordinal);
        }

        Assert.Equal("CN", Ok(await registry.GetSeatAsync("CN-FTZ-SHANGHAI")));
        platform.Upkeep.Damage = [];
        Assert.Equal(ErrorCodes.RulePackMissing, (await registry.GetSeatAsync("EU")).Refusal?.Code);
        Assert.Contains(Ok(await registry.ListCountriesAsync(null, 500, membersOnly: true)).Items, c => c.Code == "KZ");
        Assert.NotEmpty(Ok(await registry.ListDataSetsAsync(Admin("CN"), null, 500, null)).Items);
    }

    [Fact]
    public async Task Lists_WhileAnAgencysLedgerIsDamaged_AreRefusedWhereAgenciesHaveASay()
    {
        var registry = platform.Grains.GetGrain<IRegistryGrain>(0);
        platform.Upkeep.Damage = [new LedgerDamage(LedgerId.Parse("agency/KZ.customs"), "It is shorter.")];

        var refusal = (await registry.ListDataSetsAsync(Admin("CN"), null, 500, null)).Refusal;
        Assert.Equal(ErrorCodes.LedgerCorrupt, refusal?.Code);
        Assert.DoesNotContain("KZ", refusal!.Detail, StringComparison.Ordinal);
        Assert.Contains(Ok(await registry.ListCountriesAsync(null, 500, membersOnly: true)).Items, c => c.Code == "KZ");
    }

    [Fact]
    public async Task Exchange_OnLedgersThatAreWhole_GoesOnUnderDamageThatNobodyCanTell()
    {
        var agreement = await platform.World.AgreementAsync();
        platform.Upkeep.Damage = [new LedgerDamage(default, "Ledger number 7 cannot be told by its name any more."), new LedgerDamage(LedgerId.Parse("agreement/other"), "It is shorter.")];

        var id = Ok(await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement))).Id;
        Ok(await agreement.RecordDepositAsync(Officer("CN/customs"), 1, new PayloadDescriptor("CN", "00112233445566778899aabbccddeeff", 100, new string('a', 64), "text/csv", "payload-key")));
        Ok(await agreement.RecordDeliveryAsync(Officer("KZ/customs"), 1, null));
        Ok(await agreement.ActAsync(Officer("KZ/customs"), platform.World.Operation(), 1, TransferAct.Accept, null));

        Assert.Equal("accepted", Ok(await agreement.GetTransferAsync(Officer("KZ/customs"), 1)).Status);
        Ok(await Ledgers.GetReceiptAsync(Officer("KZ/customs"), id));
    }

    private ILedgerGrain Ledgers => platform.Grains.GetGrain<ILedgerGrain>(0);

    private async Task<LedgerId> LedgerAsync() => LedgerId.Parse($"agreement/{(await platform.World.AgreementAsync()).GetPrimaryKeyString()}");

    private async Task ServedAsync(string country) => Assert.All(await LooksAsync(country), refusal => Assert.True(refusal is null or { Code: ErrorCodes.UnknownTransfer }, refusal?.Detail));

    /// <summary>What became of every look into the index.</summary>
    private async Task<Refusal?[]> LooksAsync(string country)
    {
        var audit = platform.Grains.GetGrain<IAuditGrain>(0);
        return
        [
            (await audit.SearchAsync(Auditor(country), new AuditQuestion())).Refusal,
            (await audit.GetTrailAsync(Auditor(country), "no-such:1")).Refusal,
            (await platform.Grains.GetGrain<IExportGrain>(Guid.NewGuid()).BeginAsync(Auditor(country), new AuditQuestion(), ExportFormat.Csv)).Refusal,
        ];
    }
}
