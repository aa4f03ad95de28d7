using BriData.EndToEnd.Tests.Support;
using BriData.Ledger.Mirroring;

namespace BriData.EndToEnd.Tests.CommandLine;

/// <summary><c>bridata verify</c> and <c>bridata reconcile</c>: what a running platform has recorded, judged from the outside.</summary>
[Collection(GatewayGroup.Name)]
public sealed class VerifyTests(SharedGateway gateway) : IDisposable
{
    private readonly Office _office = gateway.Office;
    private readonly string _root = Directory.CreateTempSubdirectory("bridata-verify-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Whatever the tests before this one did to the platform, lawfully or not.</summary>
    [Theory]
    [InlineData("CN")]
    [InlineData("KZ")]
    public async Task Verify_OfThePlatform_FindsEveryLedgerInOrder(string country)
    {
        var auditor = await _office.AuditorAsync(country);

        var (code, output, messages) = await BriDataCommand.RunAsync(auditor.Token, "verify", gateway.Process.Address.ToString());

        Assert.True(code == 0, messages + output);
        foreach (var ledger in (await auditor.GetAsync("v1/ledgers")).Is(200).List("items"))
        {
            Assert.Contains($"{ledger.GetProperty("id").GetString()}: ", output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("agreement/cn-kz-customs: 0 decisions", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OfAMirror_HoldsAndAnyChangedByteIsFoundAndNamed()
    {
        var exchange = await ExchangedAsync();
        var folder = await MirrorAsync(exchange, "KZ");

        var (code, output, messages) = await BriDataCommand.RunAsync(null, "verify", folder);

        Assert.True(code == 0, messages + output);
        Assert.Contains(": in order", output, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(f => LedgerPaths.IsResource(Path.GetRelativePath(folder, f))))
        {
            var good = await File.ReadAllBytesAsync(file);
            var bad = good.ToArray();
            bad[Random.Shared.Next(bad.Length)] ^= (byte)(1 << Random.Shared.Next(8));
            await File.WriteAllBytesAsync(file, bad);

            var (found, said, _) = await BriDataCommand.RunAsync(null, "verify", folder);

            await File.WriteAllBytesAsync(file, good);
            Assert.True(found == 1, $"{file} at {bad.Zip(good).TakeWhile(p => p.First == p.Second).Count()}: {said}");
            var path = Path.GetRelativePath(folder, file);
            Assert.True(said.Contains(path, StringComparison.Ordinal) || said.Contains(Path.GetFileName(file), StringComparison.Ordinal), $"{path}: {said}");
        }
    }

    [Fact]
    public async Task Reconcile_OfTwoPartiesMirrors_AgreesAndNamesWhatTheOlderLacks()
    {
        var exchange = await ExchangedAsync();
        var (ours, theirs) = (await MirrorAsync(exchange, "CN"), await MirrorAsync(exchange, "KZ"));

        var equal = await BriDataCommand.RunAsync(null, "reconcile", ours, theirs);
        var next = await exchange.AskAsync();
        await MirrorAsync(exchange, "KZ");
        var behind = await BriDataCommand.RunAsync(null, "reconcile", ours, theirs);

        Assert.True(equal.Code == 0, equal.Messages + equal.Output);
        Assert.Equal(1, behind.Code);
        Assert.Contains($"transfer.requested of {next}, hash ", behind.Output, StringComparison.Ordinal);
        Assert.Contains("B goes on where A ends", behind.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OfAReceipt_StandsForItsEntryAlone()
    {
        var exchange = await ExchangedAsync();
        var answer = (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", exchange.Request())).Is(201);
        var index = (int)answer.Number("receipt", "index");
        var receipt = Path.Combine(_root, "receipt");
        await File.WriteAllBytesAsync(receipt, (await (await _office.AuditorAsync("KZ")).GetAsync($"v1/transfers/{answer.Value("id")}/receipt")).Is(200).Body);
        var mirror = new FolderLedgerSource(await MirrorAsync(exchange, "KZ"));
        var entries = (await mirror.ReadEntriesAsync(0, (int)await exchange.LedgerSizeAsync()))!.Value;
        var key = (await mirror.DescribeAsync()).Vkey;
        var (right, wrong) = (Path.Combine(_root, "right"), Path.Combine(_root, "wrong"));
        await File.WriteAllBytesAsync(right, entries[index].ToArray());
        await File.WriteAllBytesAsync(wrong, entries[index - 1].ToArray());

        Assert.Equal(0, (await BriDataCommand.RunAsync(null, "verify", "--receipt", receipt, "--entry", right, "--vkey", key)).Code);
        Assert.Equal(1, (await BriDataCommand.RunAsync(null, "verify", "--receipt", receipt, "--entry", wrong, "--vkey", key)).Code);
    }

    private async Task<Exchange> ExchangedAsync()
    {
        var exchange = await Exchange.CreateAsync(_office);
        (await exchange.CollectAsync(await exchange.AskAndDepositAsync("a;b\n"u8.ToArray()))).Is(200);
        await exchange.AskAsync();
        return exchange;
    }

    private async Task<string> MirrorAsync(Exchange exchange, string country)
    {
        var folder = Path.Combine(_root, country);
        var (code, _, messages) = await BriDataCommand.RunAsync((await _office.AuditorAsync(country)).Token, "mirror", $"{gateway.Process.Address}v1/ledgers/{exchange.Ledger}", folder);
        Assert.True(code == 0, messages);
        return folder;
    }
}
