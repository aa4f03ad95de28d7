using System.Security.Cryptography;
using System.Text;
using BriData.EndToEnd.Tests.Support;
using BriData.Ledger.Evidence;
using BriData.Ledger.Notes;

namespace BriData.EndToEnd.Tests.Audit;

/// <summary>What an auditor takes away proves itself, and the platform remembers that it was taken.</summary>
[Collection(GatewayGroup.Name)]
public sealed class ExportTests(SharedGateway gateway)
{
    private static readonly byte[] Goods = "goods\n"u8.ToArray();

    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Evidence_OfAnAgreement_HoldsWithTheListedKeysAlone()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Goods);
        var auditor = await _office.AuditorAsync("KZ");

        var export = (await auditor.GetAsync($"v1/audit/export?agreement={exchange.Agreement}")).Is(200);

        Assert.Equal("application/x-ndjson", export.MediaType);
        var report = await VerifyAsync(auditor, export.Body);
        Assert.True(report.Ok, $"Line {report.FirstBadLine}: {report.Problem}");
        Assert.Contains($"\\\"transfer\\\":\\\"{id}\\\"", export.Text, StringComparison.Ordinal);
        Assert.Equal(export.Text.Split('\n').Length - 3, report.Entries);
        var changed = export.Text.Replace("\\\"kind\\\":\\\"payload.deposited\\\"", "\\\"kind\\\":\\\"payload.released\\\"", StringComparison.Ordinal);
        Assert.False((await VerifyAsync(auditor, Encoding.UTF8.GetBytes(changed))).Ok);
    }

    /// <summary>As an auditor does it: the file that was downloaded, the keys from the platform's list, the command.</summary>
    [Fact]
    public async Task Evidence_Downloaded_HoldsForTheCommand()
    {
        var exchange = await Exchange.CreateAsync(_office);
        await exchange.AskAsync();
        var auditor = await _office.AuditorAsync("KZ");
        var folder = Directory.CreateTempSubdirectory("bridata-export-").FullName;
        try
        {
            var (pack, keys) = (Path.Combine(folder, "evidence.ndjson"), Path.Combine(folder, "keys.txt"));
            await File.WriteAllBytesAsync(pack, (await auditor.GetAsync($"v1/audit/export?agreement={exchange.Agreement}")).Is(200).Body, TestContext.Current.CancellationToken);
            var listed = (await auditor.GetAsync("v1/ledgers")).Is(200).List("items").Select(l => l.GetProperty("vkey").GetString()!);
            await File.WriteAllLinesAsync(keys, listed, TestContext.Current.CancellationToken);

            var (code, output, messages) = await BriDataCommand.RunAsync(null, "verify", pack, "--keys", keys);

            Assert.True(code == 0, messages + output);
            Assert.Contains("all in their ledgers, none missing since it was sealed", output, StringComparison.Ordinal);
            Assert.DoesNotContain("names itself", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Evidence_ForARegulator_HoldsAndHidesTheOtherSide()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();
        var regulator = await _office.AsAsync("CN", "regulator");
        var whole = (await (await _office.AuditorAsync("CN")).GetAsync($"v1/audit/transfers/{id}")).Is(200);
        var officer = whole.List("entries")[0].GetProperty("entry").GetProperty("by").GetProperty("officer").GetString()!;

        var export = (await regulator.GetAsync($"v1/audit/export?agreement={exchange.Agreement}")).Is(200);

        var report = await VerifyAsync(regulator, export.Body);
        Assert.True(report.Ok, $"Line {report.FirstBadLine}: {report.Problem}");
        Assert.DoesNotContain(officer, export.Text, StringComparison.Ordinal);
        var trail = (await regulator.GetAsync($"v1/audit/transfers/{id}")).Is(200);
        Assert.DoesNotContain(officer, trail.Text, StringComparison.Ordinal);
        Assert.Contains(trail.List("entries")[0].GetProperty("redacted").EnumerateArray(), p => p.GetString() == "/by/officer");
        Assert.False(whole.List("entries")[0].TryGetProperty("redacted", out _));
    }

    [Fact]
    public async Task Csv_DigestOnRecord_IsThatOfTheFile()
    {
        var exchange = await Exchange.CreateAsync(_office);
        await exchange.AskAsync();
        var auditor = await _office.AuditorAsync("CN");

        var export = (await auditor.GetAsync($"v1/audit/export?agreement={exchange.Agreement}&format=csv")).Is(200);

        Assert.Equal("text/csv", export.MediaType);
        Assert.Equal("attachment; filename=\"entries.csv\"", export.Header("Content-Disposition"));
        var completed = (await auditor.GetAsync("v1/audit/accesses?limit=1")).Is(200).List("items")[0];
        Assert.Equal("export.completed", completed.GetProperty("what").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(export.Body)), completed.GetProperty("digest").GetString());
        Assert.Equal(export.Text.Split("\r\n").Length - 2, completed.GetProperty("records").GetInt64());
    }

    [Theory]
    [InlineData("format=xlsx")]
    [InlineData("limit=5")]
    [InlineData("cursor=abc")]
    [InlineData("from=yesterday")]
    public async Task Export_AskedForWrongly_IsRefused(string query) =>
        (await (await _office.AuditorAsync("KZ")).GetAsync($"v1/audit/export?{query}")).IsProblem(400, "invalid_field");

    private static async Task<EvidenceReport> VerifyAsync(Officer reader, byte[] pack)
    {
        var keys = (await reader.GetAsync("v1/ledgers")).Is(200).List("items").Select(l => NoteVerifier.Parse(l.GetProperty("vkey").GetString()!));
        using var stream = new MemoryStream(pack);
        return await EvidencePack.VerifyAsync(stream, [.. keys], null, TestContext.Current.CancellationToken);
    }
}
