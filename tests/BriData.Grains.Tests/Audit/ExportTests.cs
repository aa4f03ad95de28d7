using System.Text;
using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Audit;
using BriData.Contracts.Ledgers;
using BriData.Grains.Tests.Fixtures;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Evidence;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Audit;

[Collection(nameof(PlatformGroup))]
public sealed class ExportTests(PlatformFixture platform)
{
    private static readonly Caller Regulator = TestCallers.Caller("CN", null, CallerRoles.Regulator, "regulator");

    [Fact]
    public async Task Evidence_OfAnAgreement_HoldsAndItsDigestIsOnRecord()
    {
        var (agreement, count) = await FilledAsync(30);
        var export = await BeginAsync(Auditor("CN"), agreement, ExportFormat.Evidence);
        Ok(await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement)));

        var pack = await ReadAsync(export);

        var report = await VerifyAsync(pack);
        Assert.Equal(new EvidenceReport("CN", count, null, null), report);
        await AssertCompletedAsync(count, pack[..(pack.AsSpan()[..^1].LastIndexOf((byte)'\n') + 1)]);
    }

    [Fact]
    public async Task Evidence_ForARegulator_HoldsWithoutTheOthersBytes()
    {
        var (agreement, count) = await FilledAsync(3);

        var pack = await ReadAsync(await BeginAsync(Regulator, agreement, ExportFormat.Evidence));

        Assert.Equal(new EvidenceReport("CN", count, null, null), await VerifyAsync(pack));
        var text = Encoding.UTF8.GetString(pack);
        Assert.Contains("/by/officer", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"entry\":\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(TestCallers.Issuer + "/KZ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_OfAnAgreement_HasARowPerEntryAndItsDigestOnRecord()
    {
        var (agreement, count) = await FilledAsync(2);

        var file = await ReadAsync(await BeginAsync(Auditor("CN"), agreement, ExportFormat.Csv));

        var lines = Encoding.UTF8.GetString(file).Split("\r\n");
        Assert.Equal("ledger,index,leafHash,at,kind,parties,agreement,transfer,dataset,agencies,outcome,rules,obligations,officer", lines[0]);
        Assert.Equal(count + 2, lines.Length);
        Assert.Equal("", lines[^1]);
        Assert.StartsWith($"agreement/{agreement.GetPrimaryKeyString()},{count - 1},", lines[1], StringComparison.Ordinal);
        await AssertCompletedAsync(count, file);
    }

    [Fact]
    public async Task End_WhenTheCompletionCannotBeWritten_DoesNotLeave()
    {
        var (agreement, _) = await FilledAsync(1);
        var export = await BeginAsync(Auditor("CN"), agreement, ExportFormat.Evidence);
        platform.Store.FailNext(LedgerStoreFailure.Full, "access/CN");

        var pieces = new List<ExportPiece>();
        await foreach (var piece in export.ReadAsync(TestContext.Current.CancellationToken))
        {
            pieces.Add(piece);
        }

        // It was small enough to be refused before its first byte.
        var only = Assert.Single(pieces);
        Assert.Equal(ErrorCodes.LedgerFull, only.Refusal?.Code);
        Assert.True(only.Bytes.IsEmpty);
        Ok(await platform.RetryAsync(() => platform.Grains.GetGrain<IAccessGrain>(0).ListAsync(TestCallers.Caller("CN", null, CallerRoles.Auditor, "after"), null, 1)));
    }

    [Fact]
    public async Task Evidence_OfEverythingWithADraft_IsOfLedgersThatAreListedToItsPartiesOnly()
    {
        var before = await ListedAsync("SG");
        var draft = await platform.World.AgreementAsync(signed: false);
        var export = platform.Grains.GetGrain<IExportGrain>(Guid.NewGuid());
        Ok(await export.BeginAsync(Auditor("KZ"), new AuditQuestion(), ExportFormat.Evidence));

        var report = await VerifyAsync(await ReadAsync(export), "KZ");

        Assert.Null(report.Problem);
        Assert.True(report.Entries > 0);
        Assert.Contains($"agreement/{draft.GetPrimaryKeyString()}", await ListedAsync("KZ"));
        Assert.Equal(before, await ListedAsync("SG"));
    }

    [Fact]
    public async Task DamagedLedger_HoldsUpItsPartiesAndNobodyElse()
    {
        var (agreement, _) = await FilledAsync(1);
        var ledger = $"agreement/{agreement.GetPrimaryKeyString()}";
        var audit = platform.Grains.GetGrain<IAuditGrain>(0);
        platform.Store.Damage(ledger);
        try
        {
            Ok(await audit.SearchAsync(Auditor("SG"), new AuditQuestion()));
            Assert.Equal(ErrorCodes.UnknownTransfer, (await audit.GetTrailAsync(Auditor("SG"), "no-such:1")).Refusal?.Code);
            Assert.True(Ok(await platform.Grains.GetGrain<IExportGrain>(Guid.NewGuid()).BeginAsync(Auditor("SG"), new AuditQuestion(), ExportFormat.Csv)));
            foreach (var refusal in new[]
            {
                (await audit.SearchAsync(Auditor("KZ"), new AuditQuestion())).Refusal,
                (await audit.GetTrailAsync(Auditor("CN"), "no-such:1")).Refusal,
                (await platform.Grains.GetGrain<IExportGrain>(Guid.NewGuid()).BeginAsync(Auditor("KZ"), new AuditQuestion(), ExportFormat.Csv)).Refusal,
            })
            {
                Assert.Equal(ErrorCodes.LedgerCorrupt, refusal?.Code);
                Assert.Contains(ledger, refusal!.Detail, StringComparison.Ordinal);
            }
        }
        finally
        {
            platform.Store.Damage(null);
        }

        Ok(await audit.SearchAsync(Auditor("KZ"), new AuditQuestion()));
    }

    [Fact]
    public async Task Begin_WithMoreWordsThanASearchMayCost_IsRefused()
    {
        var question = new AuditQuestion { Text = string.Join(' ', Enumerable.Range(0, 17).Select(i => $"w{i}")) };

        Assert.Equal(
            ErrorCodes.InvalidField,
            (await platform.Grains.GetGrain<IExportGrain>(Guid.NewGuid()).BeginAsync(Auditor("CN"), question, ExportFormat.Csv)).Refusal?.Code);
        Assert.Equal(ErrorCodes.InvalidField, (await platform.Grains.GetGrain<IAuditGrain>(0).SearchAsync(Auditor("CN"), question)).Refusal?.Code);
        Ok(await platform.Grains.GetGrain<IAuditGrain>(0).SearchAsync(Auditor("CN"), question with { Text = question.Text[..^4] }));
    }

    [Fact]
    public async Task Begin_ByOthersOrWithACursor_IsRefused()
    {
        var grain = platform.Grains.GetGrain<IExportGrain>(Guid.NewGuid());

        Assert.Equal(ErrorCodes.RoleMissing, (await grain.BeginAsync(Admin("CN"), new AuditQuestion(), ExportFormat.Csv)).Refusal?.Code);
        Assert.Equal(ErrorCodes.InvalidField, (await grain.BeginAsync(Auditor("CN"), new AuditQuestion { Cursor = "x" }, ExportFormat.Csv)).Refusal?.Code);
        await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(grain));
    }

    private async Task<(IAgreementGrain Agreement, long Entries)> FilledAsync(int transfers)
    {
        var agreement = await platform.World.AgreementAsync();
        for (var i = 0; i < transfers; i++)
        {
            Ok(await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement)));
        }

        return (agreement, (await platform.Store.GetHeadAsync(LedgerId.Parse($"agreement/{agreement.GetPrimaryKeyString()}"))).Size);
    }

    private async Task<IExportGrain> BeginAsync(Caller caller, IAgreementGrain agreement, ExportFormat format)
    {
        var grain = platform.Grains.GetGrain<IExportGrain>(Guid.NewGuid());
        Assert.True(Ok(await grain.BeginAsync(caller, new AuditQuestion { Agreement = agreement.GetPrimaryKeyString() }, format)));
        return grain;
    }

    private static async Task<byte[]> ReadAsync(IExportGrain export)
    {
        using var file = new MemoryStream();
        await foreach (var piece in export.ReadAsync(TestContext.Current.CancellationToken))
        {
            file.Write(piece.Bytes.Span);
        }

        return file.ToArray();
    }

    private async Task<string[]> ListedAsync(string country) =>
        [.. Ok(await platform.Grains.GetGrain<ILedgerGrain>(0).ListAsync(Auditor(country))).Items.Select(l => l.Id)];

    private async Task<EvidenceReport> VerifyAsync(byte[] pack, string country = "CN")
    {
        var keys = Ok(await platform.Grains.GetGrain<ILedgerGrain>(0).ListAsync(Auditor(country))).Items.Select(l => NoteVerifier.Parse(l.Vkey));
        using var stream = new MemoryStream(pack);
        return await EvidencePack.VerifyAsync(stream, [.. keys], null, TestContext.Current.CancellationToken);
    }

    private async Task AssertCompletedAsync(long entries, byte[] sent)
    {
        var accesses = Ok(await platform.Grains.GetGrain<IAccessGrain>(0).ListAsync(Auditor("CN"), null, 50)).Items;
        var completed = accesses.First(a => a.What == "export.completed");
        Assert.Equal(entries, completed.Records);
        Assert.Equal(Hash256.OfSha256(sent).ToString(), completed.Digest);
        Assert.Equal("export", accesses.Single(a => a.Receipt.Index == completed.Start).What);
    }
}
