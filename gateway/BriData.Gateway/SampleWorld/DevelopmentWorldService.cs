using BriData.Gateway.Hosting;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace BriData.Gateway.SampleWorld;

/// <summary>
/// In Development, once the server listens and before the host counts as started: loads the sample world, verifies its ledgers
/// while that takes no time to speak of, performs the first exchange, and says where everything is.
/// </summary>
internal sealed class DevelopmentWorldService(
    IConfiguration configuration, IOptions<GatewayOptions> options, IOptions<BriDataSiloOptions> silo, ILedgerStore store, ILedgerUpkeep upkeep)
    : IHostedLifecycleService
{
    // A start must not take longer with every exchange that was ever made.
    private const long MostVerified = 20_000;

    private static readonly TimeSpan StepTimeout = TimeSpan.FromMinutes(2);

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var address = ListeningAddress.Of(configuration);
        var output = Console.Out;
        using var http = new HttpClient { BaseAddress = address, Timeout = StepTimeout };
        var api = new SampleApi(http);
        output.WriteLine("BriData, environment Development");
        if (options.Value.SampleWorld)
        {
            await LoadAsync(api, output, cancellationToken);
        }

        output.WriteLine($"API        {new Uri(address, "v1")}");
        output.WriteLine($"Reader     {new Uri(address, "docs")}");
        output.WriteLine($"OpenAPI    {new Uri(address, "openapi/v1.json")}");
        output.WriteLine($"Data       {Path.GetFullPath(silo.Value.DataDirectory)}");
        output.WriteLine("ready");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A step that is refused, as over a damaged ledger, is shown; it is no reason not to serve the others.</summary>
    private async Task LoadAsync(SampleApi api, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            var loaded = await new SampleWorldLoader(api).LoadAsync();
            await PrintLedgersAsync(output, loaded, cancellationToken);
            if (options.Value.FirstExchange)
            {
                await new FirstExchange(api, output).RunAsync();
            }
        }
        catch (SampleWorldException e)
        {
            output.WriteLine($"  refused    {e.Message}");
            output.WriteLine();
        }
    }

    private async Task PrintLedgersAsync(TextWriter output, bool loaded, CancellationToken cancellationToken)
    {
        var heads = new List<LedgerHead>();
        await foreach (var head in store.ListAsync(cancellationToken))
        {
            heads.Add(head);
        }

        var world = $"Sample world {(loaded ? "loaded" : "found from an earlier start")}: {heads.Count} ledgers, {heads.Sum(h => h.Size)} entries";
        if (heads.Sum(h => h.Size) > MostVerified)
        {
            output.WriteLine($"{world}; they are verified in the background, damage is logged.");
            return;
        }

        var damaged = new HashSet<LedgerDamage>();
        foreach (var head in heads)
        {
            var report = await LedgerVerifier.VerifyAsync(store, head.Ledger, head, cancellationToken);
            if (!report.Ok)
            {
                damaged.Add(new LedgerDamage(head.Ledger, ""));
                output.WriteLine($"  LEDGER {head.Ledger} DOES NOT VERIFY: {report.Problem}");
            }
        }

        // What has lost its name is not listed, and what has lost its last entries verifies.
        foreach (var known in upkeep.KnownDamage().Where(d => damaged.Add(d.Ledger == default ? d : new LedgerDamage(d.Ledger, ""))))
        {
            output.WriteLine($"  LEDGER {(known.Ledger == default ? "(nameless)" : known.Ledger.Value)} IS DAMAGED: {known.What}");
        }

        output.WriteLine($"{world}, {(damaged.Count == 0 ? "all verified." : $"{damaged.Count} ledgers DAMAGED.")}");
    }
}
