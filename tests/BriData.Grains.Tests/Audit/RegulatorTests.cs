using System.Text.Json;
using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Audit;
using BriData.Contracts.Ledgers;
using BriData.Grains.Tests.Fixtures;
using BriData.Identity;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Audit;

/// <summary>A regulator reads its own side, and cannot tell what is hidden from what was never there.</summary>
[Collection(nameof(PlatformGroup))]
public sealed class RegulatorTests(PlatformFixture platform)
{
    private IAuditGrain Audit => platform.Grains.GetGrain<IAuditGrain>(0);

    [Fact]
    public async Task Trail_ForEachSide_HidesTheOthersOfficer()
    {
        var (agreement, transfer) = await RequestedAsync();
        var receipt = Ok(await agreement.GetTransferAsync(Officer("KZ/customs"), 1)).Receipt;
        var officer = (await platform.EntryAsync(receipt)).RootElement.GetProperty("by").GetProperty("officer").GetString()!;

        var own = Assert.Single(Ok(await Audit.GetTrailAsync(Regulator("KZ"), transfer)).Entries);
        var other = Assert.Single(Ok(await Audit.GetTrailAsync(Regulator("CN"), transfer)).Entries);
        var whole = Assert.Single(Ok(await Audit.GetTrailAsync(Auditor("CN"), transfer)).Entries);

        Assert.Contains(officer, Text(own.Entry), StringComparison.Ordinal);
        Assert.DoesNotContain(officer, Text(other.Entry), StringComparison.Ordinal);
        Assert.Contains("/by/officer", other.Redacted!.Value);
        Assert.Null(whole.Redacted);
        Assert.Equal([receipt, receipt, receipt], [own.Receipt, other.Receipt, whole.Receipt]);
    }

    [Fact]
    public async Task Search_ByWhatTheOtherSideHides_IsAsIfItHadNeverBeen()
    {
        var (agreement, transfer) = await RequestedAsync();
        var id = agreement.GetPrimaryKeyString();
        var decision = JsonDocument.Parse(Ok(await agreement.GetTransferAsync(Officer("KZ/customs"), 1)).Decision.Utf8).RootElement;
        var rule = decision.GetProperty("rules").EnumerateArray()
            .First(r => r.GetProperty("source").GetString() == "CN" && r.GetProperty("result").GetString() == "matched").GetProperty("id").GetString()!;
        var question = new AuditQuestion { Agreement = id, Limit = 3 };

        Assert.NotEmpty(await FindAsync(Regulator("CN"), question with { Rule = rule }));
        Assert.Empty(await FindAsync(Regulator("KZ"), question with { Rule = rule }));
        Assert.NotEmpty(await FindAsync(Auditor("KZ"), question with { Rule = rule }));
        var first = Ok(await Audit.SearchAsync(Regulator("KZ"), question with { Rule = rule }));
        var never = Ok(await Audit.SearchAsync(Regulator("KZ"), question with { Rule = "no-such-rule" }));
        Assert.Equal(never.Next, first.Next);
        Assert.Equal(never.Items, first.Items);
        Assert.All(await FindAsync(Regulator("KZ"), question), i => Assert.DoesNotContain(i.Rules, r => r.StartsWith("CN:", StringComparison.Ordinal)));
        Assert.Contains(await FindAsync(Regulator("KZ"), question with { Text = "transfer.requested" }), i => i.Transfer == transfer);
        Assert.NotEmpty(await FindAsync(Regulator("KZ"), question with { Agency = "CN/customs" }));
    }

    [Fact]
    public async Task Search_WithConditionsOnOwnFields_FindsWhatAnAuditorFinds()
    {
        var (agreement, _) = await RequestedAsync();
        foreach (var outcome in (string?[])[null, "Permit", "PermitWithObligations", "Deny"])
        {
            var question = new AuditQuestion { Agreement = agreement.GetPrimaryKeyString(), Outcome = outcome, Limit = 2 };
            var (all, own) = (await FindAsync(Auditor("KZ"), question), await FindAsync(Regulator("KZ"), question));

            Assert.Equal(all.Select(i => (i.Ledger, i.Index)), own.Select(i => (i.Ledger, i.Index)));
        }
    }

    [Fact]
    public async Task WhatShowsBothSides_IsNotForARegulator()
    {
        var (agreement, transfer) = await RequestedAsync();
        var regulator = Regulator("KZ");
        var ledger = $"agreement/{agreement.GetPrimaryKeyString()}";
        var ledgers = platform.Grains.GetGrain<ILedgerGrain>(0);

        Assert.Equal(ErrorCodes.RoleMissing, (await agreement.GetTransferAsync(regulator, 1)).Refusal?.Code);
        Assert.Equal(ErrorCodes.RoleMissing, (await ledgers.GetReceiptAsync(regulator, transfer)).Refusal?.Code);
        Assert.Equal(
            ErrorCodes.RoleMissing,
            (await platform.Grains.GetGrain<Contracts.Transfers.IExplanationGrain>(0).ExplainAsync(regulator, transfer, ["en"])).Refusal?.Code);
        Assert.Equal(
            ErrorCodes.RoleMissing,
            (await platform.Grains.GetGrain<Contracts.Rules.IRuleTrialGrain>(Guid.NewGuid()).MayReplayAsync(regulator, ledger)).Refusal?.Code);
        Ok(await ledgers.GetCheckpointAsync(regulator, ledger));
        Assert.Contains(Ok(await ledgers.ListAsync(regulator)).Items, l => l.Id == ledger);

        // With a role that sees the whole, it sees the whole.
        Ok(await agreement.GetTransferAsync(TestCallers.Caller("KZ", null, CallerRoles.Regulator | CallerRoles.Auditor), 1));
    }

    private static Caller Regulator(string country) => TestCallers.Caller(country, null, CallerRoles.Regulator, "regulator");

    private static string Text(JsonText json) => System.Text.Encoding.UTF8.GetString(json.Utf8.Span);

    private async Task<(IAgreementGrain Agreement, string Transfer)> RequestedAsync()
    {
        var agreement = await platform.World.AgreementAsync();
        Ok(await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement)));
        return (agreement, $"{agreement.GetPrimaryKeyString()}:1");
    }

    private async Task<List<AuditItem>> FindAsync(Caller caller, AuditQuestion question)
    {
        var found = new List<AuditItem>();
        do
        {
            var page = Ok(await Audit.SearchAsync(caller, question));
            found.AddRange(page.Items);
            question = question with { Cursor = page.Next };
        }
        while (question.Cursor is not null);

        return found;
    }
}
