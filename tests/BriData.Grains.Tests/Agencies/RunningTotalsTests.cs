using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Contracts.Audit;
using BriData.Contracts.Transfers;
using BriData.Grains.Tests.Fixtures;
using BriData.Ledger;
using BriData.Ledger.Storage;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Agencies;

/// <summary>
/// Running totals under the law of China: fewer than 100,000 persons since 1 January and none with sensitive data are
/// exempt (CAC Order 16, art. 5(4)); from there on a mechanism is needed, and the test agreements record none.
/// </summary>
[Collection(nameof(PlatformGroup))]
public sealed class RunningTotalsTests(PlatformFixture platform)
{
    private static int _agencies;

    [Fact]
    public async Task Request_UnderTheThreshold_IsPermittedAndCounted()
    {
        var (exporter, agreement) = await ExporterAsync();

        var reply = await RequestAsync(agreement, exporter, 60_000);

        Assert.Equal("permitted", reply.Status);
        await AssertTotalsAsync(exporter, general: 60_000);
    }

    [Fact]
    public async Task Request_SplitIntoMany_MeetsTheThresholdAllTheSame()
    {
        var (exporter, agreement) = await ExporterAsync();
        var statuses = new List<string>();
        foreach (var persons in (long[])[60_000, 60_000, 39_999, 1])
        {
            statuses.Add((await RequestAsync(agreement, exporter, persons)).Status);
        }

        Assert.Equal(["permitted", "denied", "permitted", "denied"], statuses);
        await AssertTotalsAsync(exporter, general: 99_999);
    }

    [Fact]
    public async Task Request_OverTheThreshold_NamesTheLargestTransferThatWouldPass()
    {
        var (exporter, agreement) = await ExporterAsync();
        await RequestAsync(agreement, exporter, 60_000);

        using var decision = JsonDocument.Parse((await RequestAsync(agreement, exporter, 60_000)).Decision.Utf8);

        Assert.Equal("MECHANISM_MISSING", decision.RootElement.GetProperty("code").GetString());
        await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement));
        var preview = Ok(await agreement.PreflightAsync(Officer("KZ/customs"), People(agreement, exporter, 39_999)));
        Assert.Equal("permitted", preview.Status);
    }

    [Fact]
    public async Task Request_WithoutNumberOfPersons_AsksForItAndReservesNothing()
    {
        var (exporter, agreement) = await ExporterAsync();

        var reply = Ok(await agreement.RequestTransferAsync(
            Officer("KZ/customs"), platform.World.Operation(), Request(agreement, $"{exporter}/people", "{}")));

        using var decision = JsonDocument.Parse(reply.Decision.Utf8);
        Assert.Equal("denied", reply.Status);
        Assert.Contains(decision.RootElement.GetProperty("missing").EnumerateArray(), m =>
            m.GetProperty("name").GetString() == "subjects" && m.GetProperty("source").GetString() == "requester");
        Assert.DoesNotContain(decision.RootElement.GetProperty("missing").EnumerateArray(), m => m.GetProperty("source").GetString() == "platform");
        Assert.Equal("subjects", decision.RootElement.GetProperty("remedy").GetProperty("changes")[0].GetProperty("name").GetString());
        Assert.Equal("99999", decision.RootElement.GetProperty("remedy").GetProperty("changes")[0].GetProperty("value").GetString());
        Assert.Equal(0, await platform.CountAsync(LedgerOf(exporter), "totals.reserved"));
    }

    [Fact]
    public async Task Request_PersonsNamedByHash_AreCountedOnce()
    {
        var (exporter, agreement) = await ExporterAsync();

        await RequestAsync(agreement, exporter, null, ["ann", "bob"]);
        await RequestAsync(agreement, exporter, null, ["bob", "eve"]);
        await RequestAsync(agreement, exporter, 10, ["bob"]);

        await AssertTotalsAsync(exporter, general: 3 + 9);
    }

    [Fact]
    public async Task Request_PersonsNamedByHash_LeavesNoHashAsHandedIn()
    {
        var (exporter, agreement) = await ExporterAsync();
        await RequestAsync(agreement, exporter, null, ["ann"]);

        var handedIn = Hash("ann");
        foreach (var ledger in (string[])[LedgerOf(exporter), $"agreement/{agreement.GetPrimaryKeyString()}"])
        {
            await foreach (var entry in platform.Store.ReadAsync(LedgerId.Parse(ledger), 0, long.MaxValue))
            {
                Assert.DoesNotContain(handedIn, Encoding.UTF8.GetString(entry.Body.Span), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("short")]
    [InlineData("not base64url, not at all, no")]
    public async Task Request_BadHash_IsRefused(string hash)
    {
        var (exporter, agreement) = await ExporterAsync();
        var request = People(agreement, exporter, null) with { SubjectIds = new SubjectIds([hash]) };

        var reply = await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), request);

        Assert.Equal(ErrorCodes.InvalidField, reply.Refusal?.Code);
    }

    [Fact]
    public async Task Request_MoreHashesThanPersonsOrThanAllowed_IsRefused()
    {
        var (exporter, agreement) = await ExporterAsync();
        var tooMany = People(agreement, exporter, null) with { SubjectIds = new SubjectIds([.. Enumerable.Range(0, 1001).Select(i => Hash($"p{i}"))]) };
        var moreThanStated = People(agreement, exporter, 1) with { SubjectIds = new SubjectIds([Hash("ann"), Hash("bob")]) };

        foreach (var request in (TransferRequest[])[tooMany, moreThanStated])
        {
            Assert.Equal(ErrorCodes.InvalidField, (await agreement.PreflightAsync(Officer("KZ/customs"), request)).Refusal?.Code);
        }
    }

    [Fact]
    public async Task Request_ExemptFlow_IsLeftOutOfTheTotals()
    {
        var (exporter, agreement) = await ExporterAsync("ContractWithSubject");
        var request = People(agreement, exporter, 500_000) with { Purpose = "ContractWithSubject" };

        // What the contract needs, the exporter says: a push.
        var reply = Ok(await agreement.RequestTransferAsync(Officer(exporter), platform.World.Operation(), request with
        {
            Facts = Json("""{"subjects":500000,"necessity":"Necessary"}"""),
            Importer = "KZ/customs",
        }));

        Assert.Equal("permitted", reply.Status);
        await AssertTotalsAsync(exporter, general: 0, exempt: 500_000);
    }

    [Fact]
    public async Task Preflight_Always_SaysWhatTheRequestThenDecidesAndReservesNothing()
    {
        var (exporter, agreement) = await ExporterAsync();
        await RequestAsync(agreement, exporter, 99_998);
        foreach (var persons in (long[])[2, 1])
        {
            // A request that is still being settled counts, so each pair is judged on the same totals.
            await AssertTotalsAsync(exporter, general: 99_998);
            var preview = Ok(await agreement.PreflightAsync(Officer("KZ/customs"), People(agreement, exporter, persons)));
            var reply = await RequestAsync(agreement, exporter, persons);

            Assert.Equal(reply.Status, preview.Status);
            Assert.Equal(reply.Decision, preview.Decision);
        }

        Assert.Equal(3, await platform.CountAsync(LedgerOf(exporter), "totals.reserved"));
    }

    [Fact]
    public async Task Request_ManyAtOnce_NeverPassTheThresholdTogether()
    {
        var (exporter, agreement) = await ExporterAsync();
        var second = await platform.World.AgreementAsync(agency: exporter);

        var replies = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => RequestAsync(i % 2 == 0 ? agreement : second, exporter, 10_000)));

        var permitted = replies.Count(r => r.Status == "permitted");
        Assert.InRange(permitted, 0, 9);
        await AssertTotalsAsync(exporter, general: permitted * 10_000);
        foreach (var id in (IAgreementGrain[])[agreement, second])
        {
            Assert.All(await platform.ReplayAsync(LedgerId.Parse($"agreement/{id.GetPrimaryKeyString()}")), d => Assert.True(d.IsIdentical));
        }
    }

    [Fact]
    public async Task Request_DecisionNotWritten_ReleasesTheReservation()
    {
        var (exporter, agreement) = await ExporterAsync();
        platform.Store.FailNext(LedgerStoreFailure.Unavailable, $"agreement/{agreement.GetPrimaryKeyString()}");

        var reply = await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), People(agreement, exporter, 60_000));

        Assert.Equal(ErrorCodes.LedgerUnavailable, reply.Refusal?.Code);
        await AssertTotalsAsync(exporter, general: 0);
        Assert.Equal(1, await platform.CountAsync(LedgerOf(exporter), "totals.reserved"));
        Assert.Equal(1, await platform.CountAsync(LedgerOf(exporter), "totals.settled"));

        // The answer "never decided" is on the agreement's ledger, so that no earlier activation can decide it after all.
        Assert.Equal(1, await platform.CountAsync(agreement, "totals.abandoned"));
    }

    [Fact]
    public async Task Request_TotalsNotWritten_IsRefusedAndPassesWhenRepeated()
    {
        var (exporter, agreement) = await ExporterAsync();
        var operation = platform.World.Operation();
        platform.Store.FailNext(LedgerStoreFailure.Unavailable, LedgerOf(exporter));

        var reply = await agreement.RequestTransferAsync(Officer("KZ/customs"), operation, People(agreement, exporter, 60_000));
        var again = Ok(await platform.RetryAsync(() => agreement.RequestTransferAsync(Officer("KZ/customs"), operation, People(agreement, exporter, 60_000))));

        Assert.Equal(ErrorCodes.LedgerUnavailable, reply.Refusal?.Code);
        Assert.Equal("permitted", again.Status);
        Assert.Equal(1, await platform.CountAsync(agreement, "transfer.requested"));
        await AssertTotalsAsync(exporter, general: 60_000);
    }

    [Fact]
    public async Task Request_WaitingForApproval_HoldsItsPersonsUntilRejected()
    {
        var (exporter, agreement) = await ExporterAsync(approvalBy: "CN");
        var reply = await RequestAsync(agreement, exporter, 60_000);
        Assert.Equal("pendingApproval", reply.Status);
        Assert.Equal(60_000, (await TotalsAsync(exporter)).General);

        Ok(await agreement.ActAsync(Approver("CN"), platform.World.Operation(), 1, TransferAct.Reject, null));

        await AssertTotalsAsync(exporter, general: 0);
    }

    [Fact]
    public async Task Request_WaitingForApproval_CountsOnceApproved()
    {
        var (exporter, agreement) = await ExporterAsync(approvalBy: "CN");
        await RequestAsync(agreement, exporter, 60_000);

        Ok(await agreement.ActAsync(Approver("CN"), platform.World.Operation(), 1, TransferAct.Approve, null));
        Ok(await agreement.ActAsync(Officer("KZ/customs"), platform.World.Operation(), 1, TransferAct.Withdraw, null));

        await AssertTotalsAsync(exporter, general: 60_000);
    }

    [Fact]
    public async Task Trail_OfACountedTransfer_ShowsTheExportersAuditorsAloneWhatWasReservedAndSettled()
    {
        var (exporter, agreement) = await ExporterAsync();
        await RequestAsync(agreement, exporter, 1_000);
        var second = await RequestAsync(agreement, exporter, 2_000);
        await AssertTotalsAsync(exporter, general: 3_000);
        var audit = platform.Grains.GetGrain<IAuditGrain>(0);

        var own = Ok(await audit.GetTrailAsync(Auditor("CN"), second.Id)).Entries;
        var other = Ok(await audit.GetTrailAsync(Auditor("KZ"), second.Id)).Entries;

        Assert.Equal(["totals.reserved", "totals.settled", "transfer.requested"], own.Select(e => KindOf(e.Entry)).Order(StringComparer.Ordinal));
        Assert.Equal("2000", DataOf(own.Single(e => KindOf(e.Entry) == "totals.reserved").Entry, "general"));
        Assert.Equal(["transfer.requested"], other.Select(e => KindOf(e.Entry)));
    }

    [Fact]
    public async Task Trail_OfATransferThatWaitedWhileManyCame_StillShowsWhatWasReserved()
    {
        var (exporter, agreement) = await ExporterAsync(approvalBy: "CN");
        var waiting = await RequestAsync(agreement, exporter, 7);
        Assert.Equal("pendingApproval", waiting.Status);

        // More than the largest page of the index, in the same instant.
        for (var i = 0; i < 501; i++)
        {
            await RequestAsync(agreement, exporter, 1);
        }

        Ok(await agreement.ActAsync(Approver("CN"), platform.World.Operation(), 1, TransferAct.Approve, null));
        var audit = platform.Grains.GetGrain<IAuditGrain>(0);
        var started = Stopwatch.StartNew();
        List<AuditEntryView> trail;
        do
        {
            Assert.True(started.Elapsed < TimeSpan.FromSeconds(60), "The reservation is not settled.");
            trail = [.. Ok(await audit.GetTrailAsync(Auditor("CN"), waiting.Id)).Entries];
        }
        while (!trail.Exists(e => KindOf(e.Entry) == "totals.settled"));

        Assert.Equal("7", DataOf(Assert.Single(trail, e => KindOf(e.Entry) == "totals.reserved").Entry, "general"));
    }

    private static string KindOf(JsonText entry)
    {
        using var json = JsonDocument.Parse(entry.Utf8);
        return json.RootElement.GetProperty("kind").GetString()!;
    }

    private static string DataOf(JsonText entry, string member)
    {
        using var json = JsonDocument.Parse(entry.Utf8);
        return json.RootElement.GetProperty("data").GetProperty(member).GetRawText();
    }

    private async Task<(string Exporter, IAgreementGrain Agreement)> ExporterAsync(string purpose = "InternationalTrade", string? approvalBy = null)
    {
        var exporter = $"CN/port-{Interlocked.Increment(ref _agencies)}";
        await platform.World.PutAgencyAsync(exporter, "PrivateHandler");
        await platform.World.PutDataSetAsync($"{exporter}/people", categories: ["General"]);
        return (exporter, await platform.World.AgreementAsync(agency: exporter, approvalBy: approvalBy, purpose: purpose));
    }

    private async Task<TransferReply> RequestAsync(IAgreementGrain agreement, string exporter, long? persons, string[]? named = null) =>
        Ok(await agreement.RequestTransferAsync(
            Officer("KZ/customs"),
            platform.World.Operation(),
            People(agreement, exporter, persons) with { SubjectIds = named is null ? null : new SubjectIds([.. named.Select(Hash)]) }));

    private static TransferRequest People(IAgreementGrain agreement, string exporter, long? persons) => Request(
        agreement,
        $"{exporter}/people",
        persons is { } count ? string.Create(CultureInfo.InvariantCulture, $$"""{"subjects":{{count}}}""") : "{}");

    private static string Hash(string person) => Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(person)));

    private static string LedgerOf(string agency) => $"agency/{agency.Replace('/', '.')}";

    private async Task<TotalsView> TotalsAsync(string exporter) =>
        Ok(await platform.RetryAsync(() => platform.Grains.GetGrain<IAgencyGrain>(exporter).GetTotalsAsync(Auditor("CN"), null)));

    /// <summary>Waits until every reservation is settled, then looks.</summary>
    private async Task AssertTotalsAsync(string exporter, long general, long exempt = 0)
    {
        var waiting = Stopwatch.StartNew();
        var totals = await TotalsAsync(exporter);
        while (totals.BeingDecided > 0)
        {
            Assert.True(waiting.Elapsed < TimeSpan.FromSeconds(30), "A reservation stays open.");
            totals = await TotalsAsync(exporter);
        }

        Assert.Equal(new TotalsView(exporter, new DateOnly(2026, 1, 1), general, 0, exempt, 0), totals);
    }
}
