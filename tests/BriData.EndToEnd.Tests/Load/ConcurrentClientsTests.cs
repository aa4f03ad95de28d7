using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Load;

/// <summary>Many clients at once, some of which repeat themselves (I5).</summary>
[Collection(GatewayGroup.Name)]
public sealed class ConcurrentClientsTests(SharedGateway gateway)
{
    private const int Clients = 200;
    private const int Distinct = 8;
    private const int Repeated = 2;

    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Create_200ClientsWithAFifthOfKeysRepeated_OneEntryPerKeyAndNumbersWithoutGaps()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var before = await exchange.LedgerSizeAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(c => exchange.ImporterAsync($"client-{c}")));

        var answers = (await Task.WhenAll(clients.Select((client, c) => ClientAsync(exchange, client, c)))).SelectMany(a => a).ToArray();

        Assert.Equal(Clients * (Distinct + Repeated), answers.Length);
        var numbers = answers.GroupBy(a => a.Key).Select(sameKey =>
        {
            Assert.Single(sameKey.Select(a => a.Answer.Text).Distinct());
            return int.Parse(sameKey.First().Answer.Value("id")!.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        });
        Assert.Equal(Enumerable.Range(1, Clients * Distinct), numbers.Order());
        Assert.Equal(Clients * Distinct, await exchange.LedgerSizeAsync() - before);
    }

    [Fact]
    public async Task Create_SameKeyFromManyAtOnce_OneEntryAndOneAnswer()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var before = await exchange.LedgerSizeAsync();
        var importer = await exchange.ImporterAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => importer.PostAsync("v1/transfers", exchange.Request(), "one-key")));

        Assert.All(answers, a => a.Is(201));
        Assert.Single(answers.Select(a => a.Text).Distinct());
        Assert.Equal(1, await exchange.LedgerSizeAsync() - before);
    }

    [Fact]
    public async Task Create_SameKeyWithAnotherBody_IsRefusedAndRecordsNothing()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var importer = await exchange.ImporterAsync();
        (await importer.PostAsync("v1/transfers", exchange.Request("one"), "reused")).Is(201);
        var before = await exchange.LedgerSizeAsync();

        (await importer.PostAsync("v1/transfers", exchange.Request("another"), "reused")).IsProblem(422, "idempotency_key_reused");

        Assert.Equal(before, await exchange.LedgerSizeAsync());
    }

    [Fact]
    public async Task Create_SameKeyFromAnotherOfficer_IsAnotherRequest()
    {
        var exchange = await Exchange.CreateAsync(_office);

        var one = (await (await exchange.ImporterAsync("officer-1")).PostAsync("v1/transfers", exchange.Request(), "shared-key")).Is(201);
        var other = (await (await exchange.ImporterAsync("officer-2")).PostAsync("v1/transfers", exchange.Request(), "shared-key")).Is(201);

        Assert.NotEqual(one.Value("id"), other.Value("id"));
    }

    [Fact]
    public async Task Act_SameKeyAgain_SameAnswerAndOneEntry()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();
        var importer = await exchange.ImporterAsync();
        var first = (await importer.PostAsync($"v1/transfers/{id}/withdraw", key: "withdraw-once")).Is(200);
        var before = await exchange.LedgerSizeAsync();

        var again = (await importer.PostAsync($"v1/transfers/{id}/withdraw", key: "withdraw-once")).Is(200);

        Assert.Equal(first.Text, again.Text);
        Assert.Equal(before, await exchange.LedgerSizeAsync());
    }

    [Fact]
    public async Task Act_SameKeyAfterTheTransferWentOn_SameAnswer()
    {
        var exchange = await Exchange.CreateAsync(_office, approvalBy: "CN");
        var id = await exchange.AskAsync("pendingApproval");
        var approver = await _office.ApproverAsync("CN");
        var first = (await approver.PostAsync($"v1/transfers/{id}/approve", key: "approve-once")).Is(200);
        (await exchange.DepositAsync(id, [1])).Is(200);

        Assert.Equal(first.Text, (await approver.PostAsync($"v1/transfers/{id}/approve", key: "approve-once")).Is(200).Text);
    }

    [Fact]
    public async Task Sign_SameKeyAfterTheAgreementWentOn_SameAnswer()
    {
        var exchange = await Exchange.CreateAsync(_office, signed: false);
        var admin = await _office.AdminAsync("CN");
        var first = (await admin.PostAsync($"v1/agreements/{exchange.Agreement}/signatures", key: "sign-once")).Is(200);
        await exchange.SignAsync("KZ");

        Assert.Equal(first.Text, (await admin.PostAsync($"v1/agreements/{exchange.Agreement}/signatures", key: "sign-once")).Is(200).Text);
    }

    /// <summary>A client with distinct keys, of which the first is sent twice at once and the last again at the end.</summary>
    private static async Task<List<(string Key, Answer Answer)>> ClientAsync(Exchange exchange, Officer client, int number)
    {
        var answers = new List<(string Key, Answer Answer)>();
        for (var n = 0; n < Distinct; n++)
        {
            var key = $"client-{number}-{n}";
            var copies = n == 0 ? 2 : 1;
            var sent = Enumerable.Range(0, copies).Select(_ => client.PostAsync("v1/transfers", exchange.Request(key), key)).ToArray();
            answers.AddRange((await Task.WhenAll(sent)).Select(a => (key, a.Is(201))));
        }

        var last = $"client-{number}-{Distinct - 1}";
        answers.Add((last, (await client.PostAsync("v1/transfers", exchange.Request(last), last)).Is(201)));
        return answers;
    }
}
