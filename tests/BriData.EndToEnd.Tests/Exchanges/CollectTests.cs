using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Exchanges;

/// <summary>The importer collects the payload, whole or in parts; what leaves is on record first.</summary>
[Collection(GatewayGroup.Name)]
public sealed class CollectTests(SharedGateway gateway)
{
    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Collect_BeforeTheDeposit_IsRefusedAndNotRecorded()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();
        var before = await exchange.LedgerSizeAsync();

        (await exchange.CollectAsync(id)).IsProblem(409, "payload_missing");

        Assert.Equal(before, await exchange.LedgerSizeAsync());
    }

    [Fact]
    public async Task Collect_ByWhoeverIsNotTheImporter_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Payloads.Goods);

        (await (await exchange.ExporterAsync()).GetAsync($"v1/transfers/{id}/payload")).IsProblem(403, "not_your_agency");
        (await (await _office.AuditorAsync("KZ")).GetAsync($"v1/transfers/{id}/payload")).IsProblem(403, "role_missing");
    }

    [Theory]
    [InlineData("bytes=0-9", 0, 9)]
    [InlineData("bytes=100-100", 100, 100)]
    [InlineData("bytes=-7", -7, -1)]
    [InlineData("bytes=40-", 40, -1)]
    [InlineData("bytes=10-99999999", 10, -1)]
    public async Task Collect_OneRange_GivesThatPart(string range, int first, int last)
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Payloads.Goods);
        var (from, to) = (first < 0 ? Payloads.Goods.Length + first : first, last < 0 ? Payloads.Goods.Length + last : last);

        var part = (await exchange.CollectAsync(id, ("Range", range))).Is(206);

        Assert.Equal(Payloads.Goods[from..(to + 1)], part.Body);
        Assert.Equal($"bytes {from}-{to}/{Payloads.Goods.Length}", part.Header("Content-Range"));
        Assert.Equal(Payloads.Digest(Payloads.Goods), part.Header("Repr-Digest"));
    }

    [Fact]
    public async Task Collect_PartByPart_GivesTheWhole()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Payloads.Goods);
        var whole = new MemoryStream();
        const int step = 20_000;
        for (var from = 0; from < Payloads.Goods.Length; from += step)
        {
            whole.Write((await exchange.CollectAsync(id, ("Range", $"bytes={from}-{from + step - 1}"))).Is(206).Body);
        }

        Assert.Equal(Payloads.Goods, whole.ToArray());
    }

    [Theory]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("lines=1-2")]
    public async Task Collect_RangesThatAreNotServed_GivesTheWhole(string range)
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Payloads.Goods);

        Assert.Equal(Payloads.Goods, (await exchange.CollectAsync(id, ("Range", range))).Is(200).Body);
    }

    [Theory]
    [InlineData("bytes=0-9")]
    [InlineData("BYTES=0-9")]
    [InlineData("lines=1-2")]
    [InlineData("bytes=0-1,5-6")]
    public async Task Collect_AnyRange_RecordsWhatLeaves(string range)
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Payloads.Goods);

        var answer = await exchange.CollectAsync(id, ("Range", range));

        Assert.Equal(answer.Body.Length, await ReleasedBytesAsync(id));
    }

    [Theory]
    [InlineData("If-Range", "\"of-another-version\"")]
    [InlineData("If-Range", "Wed, 21 Oct 2015 07:28:00 GMT")]
    [InlineData("If-None-Match", "*")]
    [InlineData("If-Match", "\"of-another-version\"")]
    [InlineData("If-Unmodified-Since", "Wed, 21 Oct 2015 07:28:00 GMT")]
    public async Task Collect_WithACondition_RecordsWhatLeaves(string header, string value)
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Payloads.Goods);

        var answer = await exchange.CollectAsync(id, ("Range", "bytes=0-9"), (header, value));

        Assert.Equal(answer.Status is 200 or 206 ? answer.Body.Length : 0, await ReleasedBytesAsync(id));
    }

    [Fact]
    public async Task Collect_RangeBeyondTheEnd_IsRefusedWithTheSizeAndNotRecorded()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Payloads.Goods);
        var before = await exchange.LedgerSizeAsync();

        var refused = (await exchange.CollectAsync(id, ("Range", $"bytes={Payloads.Goods.Length}-"))).IsProblem(416, "range_not_satisfiable");

        Assert.Equal($"bytes */{Payloads.Goods.Length}", refused.Header("Content-Range"));
        Assert.Equal(before, await exchange.LedgerSizeAsync());
        Assert.Equal("payloadDeposited", await exchange.StatusAsync(id));
    }

    [Fact]
    public async Task Collect_EachPart_IsOnRecordBeforeItLeaves()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Payloads.Goods);
        (await exchange.CollectAsync(id, ("Range", "bytes=5-9"))).Is(206);

        var trail = (await (await _office.AuditorAsync("CN")).GetAsync($"v1/audit/transfers/{id}")).Is(200);

        var released = trail.List("entries")[^1].GetProperty("entry");
        Assert.Equal("payload.released", released.GetProperty("kind").GetString());
        Assert.Equal(5, released.GetProperty("data").GetProperty("first").GetInt64());
        Assert.Equal(9, released.GetProperty("data").GetProperty("last").GetInt64());
    }

    /// <summary>Bytes that have left, as the ledger has it.</summary>
    private async Task<long> ReleasedBytesAsync(string id)
    {
        var trail = (await (await _office.AuditorAsync("CN")).GetAsync($"v1/audit/transfers/{id}")).Is(200);
        return trail.List("entries").Select(e => e.GetProperty("entry")).Where(e => e.GetProperty("kind").GetString() == "payload.released")
            .Sum(e => e.GetProperty("data").GetProperty("last").GetInt64() - e.GetProperty("data").GetProperty("first").GetInt64() + 1);
    }
}
