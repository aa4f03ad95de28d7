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

        await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(export));
        Ok(await platform.RetryAsync(() => platform.Grains.GetGrain<IAccessGrain>(0).ListAsync(TestCallers.Caller("CN", null, CallerRoles.Auditor, "after"), null, 1)));
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

    private async Task<EvidenceReport> VerifyAsync(byte[] pack)
    {
        var keys = Ok(await platform.Grains.GetGrain<ILedgerGrain>(0).ListAsync(Auditor("CN"))).Items.Select(l => NoteVerifier.Parse(l.Vkey));
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
