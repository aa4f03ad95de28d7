using BriData.EndToEnd.Tests.Support;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;

namespace BriData.EndToEnd.Tests.CommandLine;

/// <summary><c>bridata mirror</c> against a running platform.</summary>
[Collection(GatewayGroup.Name)]
public sealed class MirrorTests(SharedGateway gateway) : IDisposable
{
    private readonly Office _office = gateway.Office;
    private readonly string _folder = Directory.CreateTempSubdirectory("bridata-mirror-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Mirror_OfThePlatform_HoldsEveryLedgerThatTheAuditorMaySee()
    {
        var auditor = await _office.AuditorAsync("KZ");

        var (code, output, messages) = await BriDataCommand.RunAsync(auditor.Token, "mirror", gateway.Process.Address.ToString(), _folder);

        Assert.True(code == 0, messages);
        foreach (var ledger in (await auditor.GetAsync("v1/ledgers")).Is(200).List("items"))
        {
            var id = ledger.GetProperty("id").GetString()!;
            Assert.Contains($"{id}: ", output, StringComparison.Ordinal);
            var mirror = new FolderLedgerSource(Path.Combine(_folder, id));
            var description = await mirror.DescribeAsync();
            Assert.Equal((id, ledger.GetProperty("vkey").GetString()), (description.Ledger, description.Vkey));
            Assert.InRange(Checkpoint.Open((await mirror.ReadNoteAsync())!, NoteVerifier.Parse(description.Vkey)).Size, 1, long.MaxValue);
        }

        var documents = Directory.GetFiles(Path.Combine(_folder, "agreement", "cn-kz-customs", "documents"));
        Assert.True(documents.Length >= 4, $"{documents.Length} documents; both countries have a pack and a scheme.");
    }

    [Fact]
    public async Task Mirror_KilledOnTheWayAndRunAgain_IsWhole()
    {
        var exchange = await Exchange.CreateAsync(_office);
        await exchange.AskManyAsync(600);
        var token = (await _office.AuditorAsync("KZ")).Token;
        var url = $"{gateway.Process.Address}v1/ledgers/{exchange.Ledger}";
        using (var process = BriDataCommand.Start(token, "mirror", url, _folder, "--requests", "1"))
        {
            await Eventually.TrueAsync("the first tile to be copied", () => process.HasExited || Directory.Exists(Path.Combine(_folder, "tile")), TimeSpan.FromSeconds(60));
            process.Kill();
            await process.WaitForExitAsync();
        }

        var first = await BriDataCommand.RunAsync(token, "mirror", url, _folder);
        await exchange.AskAsync();
        var second = await BriDataCommand.RunAsync(token, "mirror", url, _folder);

        Assert.True(first.Code == 0 && second.Code == 0, first.Messages + second.Messages);
        Assert.EndsWith("entries, 1 new", second.Output.Trim(), StringComparison.Ordinal);
        var size = await exchange.LedgerSizeAsync();
        for (var index = 0L; index * 256 < size; index++)
        {
            Assert.NotNull(await new FolderLedgerSource(_folder).ReadEntriesAsync(index, (int)Math.Min(256, size - (index * 256))));
        }
    }

    [Fact]
    public async Task Mirror_OfWhatOneMayNotSee_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);

        var (code, _, messages) = await BriDataCommand.RunAsync(
            (await _office.AuditorAsync("SG")).Token, "mirror", $"{gateway.Process.Address}v1/ledgers/{exchange.Ledger}", _folder);

        Assert.Equal(3, code);
        Assert.Contains("lists no ledger", messages, StringComparison.Ordinal);
    }
}
