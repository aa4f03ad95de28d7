using System.Text.Json;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Grains.Tests.Fixtures;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Agreements;

[Collection(nameof(PlatformGroup))]
public sealed class RequestTransferTests(PlatformFixture platform)
{
    private const string Importer = "KZ/customs";

    [Fact]
    public async Task Request_PlainTradeData_IsPermittedAndRecorded()
    {
        var agreement = await platform.World.AgreementAsync();

        var reply = Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement)));

        Assert.Equal("permitted", reply.Status);
        Assert.Equal($"{agreement.GetPrimaryKeyString()}:1", reply.Id);
        var entry = await platform.EntryAsync(reply.Receipt);
        Assert.Equal("transfer.requested", entry.RootElement.GetProperty("kind").GetString());
        Assert.Equal(reply.Decision.Utf8.ToArray(), System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(entry.RootElement.GetProperty("decision")).ToArray());
    }

    [Fact]
    public async Task Request_PersonalDataWithoutMechanism_IsDeniedWithReasonsAndRecorded()
    {
        var agreement = await platform.World.AgreementAsync();

        var reply = Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement, "CN/customs/travellers")));

        Assert.Equal("denied", reply.Status);
        using var decision = JsonDocument.Parse(reply.Decision.Utf8);
        Assert.Equal("Deny", decision.RootElement.GetProperty("outcome").GetString());
        Assert.NotEmpty(decision.RootElement.GetProperty("rules").EnumerateArray());
        Assert.NotNull(decision.RootElement.GetProperty("kind").GetString());
        Assert.Equal(1, await platform.CountAsync(agreement, "transfer.requested"));
    }

    [Fact]
    public async Task Request_SameKeyTwice_GivesTheSameAnswerAndOneEntry()
    {
        var agreement = await platform.World.AgreementAsync();
        var operation = platform.World.Operation();

        var first = Ok(await agreement.RequestTransferAsync(Officer(Importer), operation, Request(agreement)));
        var second = Ok(await agreement.RequestTransferAsync(Officer(Importer), operation, Request(agreement)));

        Assert.Equal(first, second);
        Assert.Equal(1, await platform.CountAsync(agreement, "transfer.requested"));
    }

    [Fact]
    public async Task Request_SameKeyOtherBody_IsRefused()
    {
        var agreement = await platform.World.AgreementAsync();
        var operation = platform.World.Operation();
        Ok(await agreement.RequestTransferAsync(Officer(Importer), operation, Request(agreement)));

        var reply = await agreement.RequestTransferAsync(Officer(Importer), operation with { Fingerprint = "other" }, Request(agreement));

        Assert.Equal(ErrorCodes.IdempotencyKeyReused, reply.Refusal?.Code);
    }

    [Fact]
    public async Task Request_SameKeyOfAnotherOfficer_IsAnotherRequest()
    {
        var agreement = await platform.World.AgreementAsync();
        var operation = platform.World.Operation();

        var first = Ok(await agreement.RequestTransferAsync(Officer(Importer, "one"), operation, Request(agreement)));
        var second = Ok(await agreement.RequestTransferAsync(Officer(Importer, "two"), operation, Request(agreement)));

        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task Request_ManyAtOnceWithRepeatedKeys_NumbersWithoutGapsAndOneEntryPerKey()
    {
        var agreement = await platform.World.AgreementAsync();
        var keys = Enumerable.Range(0, 400).Select(i => $"many-{i % 320}").ToArray();

        var replies = await Task.WhenAll(keys.Select(async key =>
            Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(key), Request(agreement)))));

        var byKey = keys.Zip(replies).GroupBy(p => p.First, p => p.Second);
        Assert.All(byKey, group => Assert.Single(group.Distinct()));
        Assert.Equal(Enumerable.Range(1, 320).Select(n => $"{agreement.GetPrimaryKeyString()}:{n}").Order(), replies.Select(r => r.Id).Distinct().Order());
        Assert.Equal(320, await platform.CountAsync(agreement, "transfer.requested"));
    }

    [Theory]
    [InlineData(LedgerStoreFailure.Full, ErrorCodes.LedgerFull)]
    [InlineData(LedgerStoreFailure.Unavailable, ErrorCodes.LedgerUnavailable)]
    [InlineData(LedgerStoreFailure.Conflict, ErrorCodes.LedgerUnavailable)]
    public async Task Request_LedgerCannotBeWritten_IsRefusedAndLeavesNothing(LedgerStoreFailure failure, string code)
    {
        var agreement = await platform.World.AgreementAsync();
        var operation = platform.World.Operation();
        platform.Store.FailNext(failure);

        var refused = await agreement.RequestTransferAsync(Officer(Importer), operation, Request(agreement));
        var repeated = Ok(await platform.RetryAsync(() => agreement.RequestTransferAsync(Officer(Importer), operation, Request(agreement))));

        Assert.Equal(code, refused.Refusal?.Code);
        Assert.Equal($"{agreement.GetPrimaryKeyString()}:1", repeated.Id);
        Assert.Equal(1, await platform.CountAsync(agreement, "transfer.requested"));
    }

    [Fact]
    public async Task Request_WrittenButReplyLost_IsUnknownAndTheRepetitionFindsIt()
    {
        var agreement = await platform.World.AgreementAsync();
        var operation = platform.World.Operation();
        platform.Store.FailNextAfterWrite();

        var lost = await agreement.RequestTransferAsync(Officer(Importer), operation, Request(agreement));
        var repeated = Ok(await platform.RetryAsync(() => agreement.RequestTransferAsync(Officer(Importer), operation, Request(agreement))));

        Assert.Equal(ErrorCodes.OutcomeUnknown, lost.Refusal?.Code);
        Assert.Equal($"{agreement.GetPrimaryKeyString()}:1", repeated.Id);
        Assert.Equal(1, await platform.CountAsync(agreement, "transfer.requested"));
    }

    [Fact]
    public async Task Get_WhileTheCommitIsHeld_ShowsNothingUntilItIsDurable()
    {
        var agreement = await platform.World.AgreementAsync();
        var gate = platform.Store.HoldNext();
        var request = agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement));
        await gate.Reached;

        var read = agreement.GetTransferAsync(Officer(Importer), 1);

        Assert.False(read.IsCompleted);
        gate.Release();
        Assert.Equal("permitted", Ok(await request).Status);
        Assert.Equal("permitted", Ok(await read).Status);
    }

    [Fact]
    public async Task Preflight_AnyRequest_GivesTheDecisionThatTheRequestGets()
    {
        var agreement = await platform.World.AgreementAsync();

        foreach (var dataSet in new[] { "CN/customs/declarations", "CN/customs/travellers" })
        {
            var preview = Ok(await agreement.PreflightAsync(Officer(Importer), Request(agreement, dataSet)));
            var taken = Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement, dataSet)));
            Assert.Equal(preview.Decision, taken.Decision);
            Assert.Equal(preview.Status, taken.Status);
        }
    }

    [Fact]
    public async Task Request_LegalBasisNamesAPerson_LedgerHoldsOnlyACommitment()
    {
        var agreement = await platform.World.AgreementAsync();

        var reply = Ok(await agreement.RequestTransferAsync(Officer(Importer, "jane.smith"), platform.World.Operation(), Request(agreement)));

        var stored = await platform.StoredAsync(reply.Receipt);
        var text = System.Text.Encoding.UTF8.GetString(stored.Body.Span);
        Assert.DoesNotContain("Smith", text, StringComparison.OrdinalIgnoreCase);
        Assert.False(stored.Sidecar.IsEmpty);
        Assert.DoesNotContain("Smith", System.Text.Encoding.Latin1.GetString(stored.Sidecar.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_AfterTheYearlyNumberIsUsed_IsDenied()
    {
        var agreement = await platform.World.AgreementAsync(perYear: 2);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("permitted", Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement))).Status);
        }

        var third = Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement)));

        Assert.Equal("denied", third.Status);
        Assert.Contains("QUOTA_EXCEEDED", System.Text.Encoding.UTF8.GetString(third.Decision.Utf8.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_AfterSuspensionReturned_IsJudgedUnderIt()
    {
        await platform.World.PutAgencyAsync("CN/archive");
        await platform.World.PutDataSetAsync("CN/archive/records");
        var agreement = await platform.World.AgreementAsync(agency: "CN/archive");
        Assert.Equal("permitted", Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement, "CN/archive/records"))).Status);

        Ok(await platform.Grains.GetGrain<IAgencyGrain>("CN/archive").SuspendAsync(Admin("CN"), platform.World.Operation(), "inquiry"));

        var after = Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement, "CN/archive/records")));
        Assert.Equal("denied", after.Status);
        Assert.Contains("AGENCY_SUSPENDED", System.Text.Encoding.UTF8.GetString(after.Decision.Utf8.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ByASuspendedAgency_IsRefusedAndOnItsCountrysLedger()
    {
        await platform.World.PutAgencyAsync("KZ/archive");
        var agreement = await platform.World.AgreementAsync();
        Ok(await platform.Grains.GetGrain<IAgencyGrain>("KZ/archive").SuspendAsync(Admin("KZ"), platform.World.Operation(), "inquiry"));
        var before = await platform.CountAsync("country/KZ", "request.refused");

        var reply = await agreement.RequestTransferAsync(Officer("KZ/archive"), platform.World.Operation(), Request(agreement));

        Assert.Equal(ErrorCodes.AgencySuspended, reply.Refusal?.Code);
        Assert.Equal(before + 1, await platform.CountAsync("country/KZ", "request.refused"));
    }

    [Fact]
    public async Task Request_RepeatedAfterItsAgencyWasSuspended_IsRefusedAndNotRecordedAgain()
    {
        await platform.World.PutAgencyAsync("KZ/mint");
        var id = "cn-kz-mint";
        var agreement = platform.Grains.GetGrain<IAgreementGrain>(id);
        var document = Document(id);
        Ok(await agreement.DraftAsync(Admin("CN"), platform.World.Operation(), document with { Grants = [document.Grants[0] with { Importers = ["KZ/mint"] }] }));
        Ok(await agreement.SignAsync(Admin("CN"), platform.World.Operation()));
        Ok(await agreement.SignAsync(Admin("KZ"), platform.World.Operation()));
        var operation = platform.World.Operation();
        Assert.Equal("permitted", Ok(await agreement.RequestTransferAsync(Officer("KZ/mint"), operation, Request(agreement))).Status);
        Ok(await platform.Grains.GetGrain<IAgencyGrain>("KZ/mint").SuspendAsync(Admin("KZ"), platform.World.Operation(), "inquiry"));
        var before = await platform.CountAsync("country/KZ", "request.refused");

        var repeated = await agreement.RequestTransferAsync(Officer("KZ/mint"), operation, Request(agreement));
        var reused = await agreement.RequestTransferAsync(Officer("KZ/mint"), operation with { Fingerprint = "another" }, Request(agreement));
        var unrecorded = await platform.CountAsync("country/KZ", "request.refused") - before;
        var another = await agreement.RequestTransferAsync(Officer("KZ/mint"), platform.World.Operation(), Request(agreement));

        Assert.Equal(ErrorCodes.AgencySuspended, repeated.Refusal?.Code);
        Assert.Equal(ErrorCodes.IdempotencyKeyReused, reused.Refusal?.Code);
        Assert.Equal(0, unrecorded);
        Assert.Equal(ErrorCodes.AgencySuspended, another.Refusal?.Code);
        Assert.Equal(before + 1, await platform.CountAsync("country/KZ", "request.refused"));
    }

    [Fact]
    public async Task Request_OfAStranger_AgreementDoesNotExist()
    {
        var agreement = await platform.World.AgreementAsync();

        var reply = await agreement.RequestTransferAsync(Officer("SG/customs"), platform.World.Operation(), Request(agreement));
        var read = await agreement.GetTransferAsync(Auditor("SG"), 1);

        Assert.Equal(ErrorCodes.UnknownAgreement, reply.Refusal?.Code);
        Assert.Equal(ErrorCodes.UnknownTransfer, read.Refusal?.Code);
    }

    [Fact]
    public async Task Request_IssuerNoLongerVouchedFor_IsRefusedAtOnce()
    {
        var agreement = await platform.World.AgreementAsync();
        var stranger = TestCallers.Caller("KZ", Importer, CallerRoles.Agency, "officer", "https://other.test");

        var reply = await agreement.RequestTransferAsync(stranger, platform.World.Operation(), Request(agreement));

        Assert.Equal(ErrorCodes.IssuerNotRegistered, reply.Refusal?.Code);
    }

    [Theory]
    [InlineData("""{"noSuchFact":true}""", ErrorCodes.UnknownFact)]
    [InlineData("""{"subjects":"many"}""", ErrorCodes.InvalidFact)]
    [InlineData("""{"personalInfoSubjectsSinceJan1":3}""", ErrorCodes.FactNotAssertable)]
    public async Task Request_FactsNotInOrder_AreRefusedByCode(string facts, string code)
    {
        var agreement = await platform.World.AgreementAsync();

        var reply = await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement, facts: facts));

        Assert.Equal(code, reply.Refusal?.Code);
        Assert.Equal(0, await platform.CountAsync(agreement, "transfer.requested"));
    }

    [Fact]
    public async Task Ledger_AfterManyActs_VerifiesAndRepeatsEveryDecision()
    {
        var agreement = await platform.World.AgreementAsync();
        foreach (var dataSet in new[] { "CN/customs/declarations", "CN/customs/travellers", "CN/customs/declarations" })
        {
            Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement, dataSet)));
        }

        var ledger = LedgerId.Parse($"agreement/{agreement.GetPrimaryKeyString()}");
        var report = await LedgerVerifier.VerifyAsync(platform.Store, ledger);
        var replayed = await platform.ReplayAsync(ledger);

        Assert.True(report.Ok, report.Problem);
        Assert.Equal(3, replayed.Count);
        Assert.All(replayed, r => Assert.True(r.IsIdentical, r.Transfer));
    }
}
