using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Audit;
using BriData.Contracts.Ledgers;
using BriData.Contracts.Transfers;
using BriData.Grains.Tests.Fixtures;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Storage;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Accesses;

/// <summary>What an auditor reads is on record before it is shown, on a ledger that only the auditor's country sees.</summary>
[Collection(nameof(PlatformGroup))]
public sealed class AccessTests(PlatformFixture platform)
{
    private static int _officers;

    private IAuditGrain Audit => platform.Grains.GetGrain<IAuditGrain>(0);

    private ILedgerGrain Ledgers => platform.Grains.GetGrain<ILedgerGrain>(0);

    private IAccessGrain Accesses => platform.Grains.GetGrain<IAccessGrain>(0);

    [Fact]
    public async Task Search_Answered_IsOnRecordWithItsQuestionAndCount()
    {
        var agreement = await platform.World.AgreementAsync();
        Ok(await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement)));
        var id = agreement.GetPrimaryKeyString();

        var page = Ok(await Audit.SearchAsync(NewAuditor("KZ"), new AuditQuestion { Agreement = id, Text = "transfer requested", Limit = 7 }));

        var access = await LastAsync("KZ");
        Assert.Equal("search", access.What);
        Assert.Equal(page.Items.Length, access.Records);
        Assert.Contains(new AccessConditionView("agreement", id, null), access.Question);
        var text = Assert.Single(access.Question, q => q.Name == "q");
        Assert.Null(text.Value);
        Assert.Equal(64, text.Commitment!.Length);
        using var entry = await platform.EntryAsync(access.Receipt);
        Assert.Equal(["KZ"], entry.RootElement.GetProperty("parties").EnumerateArray().Select(p => p.GetString()!));
        Assert.DoesNotContain("transfer requested", entry.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_ForANameInAnyCondition_HasNoneInTheClear()
    {
        const string Name = "Akhmetova";
        foreach (var question in new AuditQuestion[]
        {
            new() { Text = Name }, new() { Country = Name }, new() { Agency = Name }, new() { Agreement = Name }, new() { DataSet = Name }, new() { Outcome = Name },
            new() { Rule = Name }, new() { Obligation = Name }, new() { Officer = Name }, new() { Kind = Name }, new() { Transfer = Name },
        })
        {
            Ok(await Audit.SearchAsync(NewAuditor("SG"), question));

            var access = await LastAsync("SG");
            var asked = Assert.Single(access.Question);
            Assert.Null(asked.Value);
            Assert.Equal(64, asked.Commitment!.Length);
            using var entry = await platform.EntryAsync(access.Receipt);
            Assert.DoesNotContain(Name, entry.RootElement.GetRawText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Search_WithAConditionLeftEmpty_CommitsToTheOthers()
    {
        Ok(await Audit.SearchAsync(NewAuditor("SG"), new AuditQuestion { Country = "", Text = "Akhmetova" }));

        var asked = (await LastAsync("SG")).Question.Single(q => q.Name == "q");
        Assert.Null(asked.Value);
        Assert.Equal(64, asked.Commitment!.Length);
    }

    [Fact]
    public async Task Search_ForWhatHasTheFormOfItsCondition_SaysSoInTheClear()
    {
        Ok(await Audit.SearchAsync(NewAuditor("SG"), new AuditQuestion { Country = "SG" }));
        var pseudonym = (await LastAsync("SG")).Officer;

        Ok(await Audit.SearchAsync(NewAuditor("SG"), new AuditQuestion
        {
            Country = "SG",
            Agency = "SG/customs",
            Agreement = "cn-kz-customs",
            DataSet = "SG/customs/goods",
            Outcome = "Deny",
            Rule = "CN:cn.pipl.38",
            Obligation = "KEEP_RECORDS",
            Officer = pseudonym,
            Kind = "transfer.requested",
            Transfer = "cn-kz-customs:42",
            From = PlatformFixture.Start,
        }));

        var access = await LastAsync("SG");
        Assert.Equal(11, access.Question.Length);
        Assert.All(access.Question, q => Assert.True(q.Value is not null, q.Name));
    }

    [Theory]
    [InlineData(LedgerStoreFailure.Full, ErrorCodes.LedgerFull)]
    [InlineData(LedgerStoreFailure.Unavailable, ErrorCodes.LedgerUnavailable)]
    public async Task Anything_WhenTheAccessCannotBeWritten_IsNotShown(LedgerStoreFailure failure, string code)
    {
        var agreement = await platform.World.AgreementAsync();
        Ok(await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement)));
        var transfer = $"{agreement.GetPrimaryKeyString()}:1";
        var ledger = $"agreement/{agreement.GetPrimaryKeyString()}";

        await RefusedAsync(() => Audit.SearchAsync(NewAuditor("KZ"), new AuditQuestion()));
        await RefusedAsync(() => Audit.GetTrailAsync(NewAuditor("KZ"), transfer));
        await RefusedAsync(() => Ledgers.ListAsync(NewAuditor("KZ")));
        await RefusedAsync(() => Ledgers.GetCheckpointAsync(NewAuditor("KZ"), ledger));
        await RefusedAsync(() => Ledgers.GetReceiptAsync(NewAuditor("KZ"), transfer));
        await RefusedAsync(() => agreement.GetTransferAsync(NewAuditor("KZ"), 1));
        await RefusedAsync(() => platform.Grains.GetGrain<IExplanationGrain>(0).ExplainAsync(NewAuditor("KZ"), transfer, ["en"]));
        await RefusedAsync(() => platform.Grains.GetGrain<Contracts.Rules.IRuleTrialGrain>(Guid.NewGuid()).MayReplayAsync(NewAuditor("KZ"), ledger));
        await RefusedAsync(() => Accesses.ListAsync(NewAuditor("KZ"), null, 5));
        await RefusedAsync(() => platform.Grains.GetGrain<IExportGrain>(Guid.NewGuid()).BeginAsync(NewAuditor("KZ"), new AuditQuestion(), ExportFormat.Csv));

        async Task RefusedAsync<T>(Func<Task<Reply<T>>> read)
        {
            platform.Store.FailNext(failure, "access/KZ");
            Assert.Equal(code, (await read()).Refusal?.Code);

            // The failed activation is gone once a fresh one has answered.
            Ok(await platform.RetryAsync(() => Accesses.ListAsync(NewAuditor("KZ"), null, 1)));
        }
    }

    [Fact]
    public async Task Checkpoints_ReadManyTimes_AreOneEntryUntilItsTimeIsOver()
    {
        var agreement = await platform.World.AgreementAsync();
        var ledger = $"agreement/{agreement.GetPrimaryKeyString()}";
        var (one, other) = (NewAuditor("CN"), NewAuditor("CN"));
        var before = await SizeAsync("CN");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Ledgers.GetCheckpointAsync(one, ledger)));
        Assert.Equal(before + 1, await SizeAsync("CN"));
        var access = await LastAsync("CN", ofLedger: ledger);
        Assert.Equal(access.At + TimeSpan.FromMinutes(10), access.Until);
        Ok(await Ledgers.GetCheckpointAsync(other, ledger));
        Ok(await Ledgers.GetCheckpointAsync(one, "country/CN"));
        var more = await SizeAsync("CN");
        Ok(await Ledgers.GetCheckpointAsync(one, ledger));
        Assert.Equal(more, await SizeAsync("CN"));
        platform.Time.Advance(TimeSpan.FromMinutes(10));
        Ok(await Ledgers.GetCheckpointAsync(one, ledger));

        Assert.Equal(more + 1, await SizeAsync("CN"));
    }

    [Fact]
    public async Task Transfer_ReadByItsAgencyOrAdministrator_IsNoAccess_ByAnAuditorIsOneEach()
    {
        var agreement = await platform.World.AgreementAsync();
        Ok(await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement)));
        var transfer = $"{agreement.GetPrimaryKeyString()}:1";
        var explanations = platform.Grains.GetGrain<IExplanationGrain>(0);
        var before = await SizeAsync("KZ");

        foreach (var caller in new[] { Officer("KZ/customs"), Admin("KZ"), Approver("KZ") })
        {
            Ok(await agreement.GetTransferAsync(caller, 1));
            Ok(await Ledgers.GetReceiptAsync(caller, transfer));
            Ok(await explanations.ExplainAsync(caller, transfer, ["en"]));
        }

        Assert.Equal(before, await SizeAsync("KZ"));
        var auditor = NewAuditor("KZ");
        Ok(await agreement.GetTransferAsync(auditor, 1));
        Ok(await Ledgers.GetReceiptAsync(auditor, transfer));
        Ok(await explanations.ExplainAsync(auditor, transfer, ["en"]));
        Ok(await Audit.GetTrailAsync(auditor, transfer));

        var page = Ok(await Accesses.ListAsync(auditor, null, 4));
        Assert.Equal(["trail", "explanation", "receipt", "transfer"], page.Items.Select(a => a.What));
        Assert.All(page.Items, a => Assert.Equal(transfer, a.Transfer));
    }

    [Fact]
    public async Task AgreementAndTotals_ReadByAnAuditorOrRegulator_AreOneEntryEach()
    {
        var agreement = await platform.World.AgreementAsync();
        var agency = platform.Grains.GetGrain<Contracts.Agencies.IAgencyGrain>("KZ/customs");
        var before = await SizeAsync("KZ");
        Ok(await agreement.GetAsync(Admin("KZ")));
        Ok(await agency.GetTotalsAsync(Officer("KZ/customs"), null));
        Assert.Equal(before, await SizeAsync("KZ"));

        foreach (var role in (CallerRoles[])[CallerRoles.Auditor, CallerRoles.Regulator])
        {
            var caller = TestCallers.Caller("KZ", null, role, $"watched-{Interlocked.Increment(ref _officers)}");
            before = await SizeAsync("KZ");

            Ok(await agreement.GetAsync(caller));
            Ok(await agency.GetTotalsAsync(caller, null));
            Ok(await agreement.GetAsync(caller));

            Assert.Equal(before + 2, await SizeAsync("KZ"));
            var page = Ok(await Accesses.ListAsync(NewAuditor("KZ"), null, 2));
            Assert.Equal(
                [("totals", "agency/KZ.customs"), ("agreement", $"agreement/{agreement.GetPrimaryKeyString()}")],
                page.Items.Select(a => (a.What, a.Ledger!)));
        }
    }

    [Fact]
    public async Task List_InPages_GivesEachOnceNewestFirstAndItsReadingOnce()
    {
        var auditor = NewAuditor("SG");
        for (var i = 0; i < 5; i++)
        {
            Ok(await Audit.SearchAsync(auditor, new AuditQuestion { Agreement = $"sg-{i}" }));
        }

        var size = await SizeAsync("SG");
        var seen = new List<AccessView>();
        string? cursor = null;
        do
        {
            var page = Ok(await Accesses.ListAsync(auditor, cursor, 2));
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, (int)size).Select(i => (long)i).Reverse(), seen.Select(a => a.Receipt.Index));
        Assert.Equal(size + 1, await SizeAsync("SG"));
        Assert.Equal(ErrorCodes.InvalidCursor, (await Accesses.ListAsync(auditor, "x", 2)).Refusal?.Code);
        Assert.Equal(ErrorCodes.InvalidField, (await Accesses.ListAsync(auditor, null, 0)).Refusal?.Code);
        Assert.Equal(ErrorCodes.RoleMissing, (await Accesses.ListAsync(Admin("SG"), null, 2)).Refusal?.Code);
    }

    [Fact]
    public async Task AccessLedger_IsListedAndServedToTheOwnAuditorsOnlyAndNeverFound()
    {
        Ok(await Audit.SearchAsync(NewAuditor("KZ"), new AuditQuestion()));

        Assert.Contains(Ok(await Ledgers.ListAsync(NewAuditor("KZ"))).Items, l => l.Id == "access/KZ" && l.Size > 0);
        Assert.DoesNotContain(Ok(await Ledgers.ListAsync(NewAuditor("CN"))).Items, l => l.Id == "access/KZ");
        Ok(await Ledgers.GetCheckpointAsync(NewAuditor("KZ"), "access/KZ"));
        Assert.Equal(ErrorCodes.UnknownLedger, (await Ledgers.GetCheckpointAsync(NewAuditor("CN"), "access/KZ")).Refusal?.Code);
        Assert.DoesNotContain(
            Ok(await Audit.SearchAsync(NewAuditor("KZ"), new AuditQuestion { Limit = 500 })).Items, i => i.Kind == "audit.accessed");
    }

    [Fact]
    public async Task HiddenTransfer_AsksTheStoresForAsMuchAsAnUnknownOne()
    {
        var agreement = await platform.World.AgreementAsync();
        Ok(await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement)));
        var (hidden, unknown) = (agreement.GetPrimaryKeyString(), $"no-{agreement.GetPrimaryKeyString()}");
        foreach (var id in (string[])[hidden, unknown])
        {
            // Both grains are active from here on.
            Assert.Equal(ErrorCodes.UnknownLedger, (await Ledgers.GetCheckpointAsync(NewAuditor("SG"), $"agreement/{id}")).Refusal?.Code);
        }

        Assert.Equal(await WorkAsync(unknown), await WorkAsync(hidden));

        async Task<(long Store, long Index, long Accesses)> WorkAsync(string id)
        {
            var ledger = LedgerId.Parse($"agreement/{id}");
            var (store, index, accesses) = (platform.Reads.CallsOf(ledger), platform.Index.Records, await SizeAsync("SG"));
            Assert.Equal(ErrorCodes.UnknownLedger, (await Ledgers.GetCheckpointAsync(NewAuditor("SG"), ledger.Value)).Refusal?.Code);
            Assert.Equal(ErrorCodes.UnknownTransfer, (await Ledgers.GetReceiptAsync(NewAuditor("SG"), $"{id}:1")).Refusal?.Code);
            Assert.Equal(ErrorCodes.UnknownTransfer, (await Audit.GetTrailAsync(NewAuditor("SG"), $"{id}:1")).Refusal?.Code);
            Assert.Equal(
                ErrorCodes.UnknownTransfer, (await platform.Grains.GetGrain<IAgreementGrain>(id).GetTransferAsync(NewAuditor("SG"), 1)).Refusal?.Code);
            return (platform.Reads.CallsOf(ledger) - store, platform.Index.Records - index, await SizeAsync("SG") - accesses);
        }
    }

    private static Caller NewAuditor(string country) =>
        TestCallers.Caller(country, null, CallerRoles.Auditor, $"auditor-{Interlocked.Increment(ref _officers)}");

    private async Task<long> SizeAsync(string country) => (await platform.Store.GetHeadAsync(LedgerId.Parse($"access/{country}"))).Size;

    private async Task<AccessView> LastAsync(string country, string? ofLedger = null) =>
        Ok(await Accesses.ListAsync(NewAuditor(country), null, 50)).Items.First(a => ofLedger is null || a.Ledger == ofLedger);
}
