using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BriData.Benchmarks.Hosting;
using BriData.Gateway.SampleWorld;

namespace BriData.Benchmarks.Ledgers;

/// <summary>The gateway as a process of its own, from its start to its end, with the times on the way.</summary>
internal sealed class GatewayRun
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    // One port for all runs: with another one the development issuers would be others, and the agreements would be told.
    private static readonly int Port = FreePort();

    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly long _started = Stopwatch.GetTimestamp();

    private GatewayRun(string dataDirectory)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Port}");
        var start = new ProcessStartInfo("dotnet") { Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development" }, RedirectStandardOutput = true };
        foreach (var argument in (string[])
            [Path.Combine(AppContext.BaseDirectory, "BriData.Gateway.dll"), $"--urls={address}", $"--BriData:DataDirectory={dataDirectory}", "--BriData:Gateway:SampleWorld=false", .. Founding(address, "CN", "cn"), .. Founding(address, "KZ", "kz")])
        {
            start.ArgumentList.Add(argument);
        }

        _http = new HttpClient { BaseAddress = new Uri(address), Timeout = Deadline };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
    }

    /// <summary>Starts it on a directory; when this returns it is ready.</summary>
    public static async Task<(GatewayRun Run, TimeSpan Ready)> StartAsync(string dataDirectory)
    {
        var run = new GatewayRun(dataDirectory);
        while (!await run.IsReadyAsync())
        {
            if (run._process.HasExited || Stopwatch.GetElapsedTime(run._started) > Deadline)
            {
                throw new BenchmarkFailedException("The gateway did not become ready.");
            }

            await Task.Delay(Step);
        }

        return (run, Stopwatch.GetElapsedTime(run._started));
    }

    /// <summary>Time from the process's start until a transfer was accepted and recorded.</summary>
    public async Task<TimeSpan> FirstTransferAsync()
    {
        var api = new SampleApi(_http);
        var officer = await api.TokenAsync("KZ", "customs", "agency", "bench-officer");
        while (true)
        {
            try
            {
                await api.PostAsync("v1/transfers", officer, $"first-{Guid.NewGuid():N}", BenchmarkWorld.Request(RealExchange.Agreement));
                return Stopwatch.GetElapsedTime(_started);
            }
            catch (SampleWorldException e) when (e.Message.Contains(" 503 ", StringComparison.Ordinal) && Stopwatch.GetElapsedTime(_started) < Deadline)
            {
                // A ledger that is folded longer than a call may take: the caller comes again.
                await Task.Delay(Step);
            }
        }
    }

    /// <summary>Ends it as a service manager does, or by SIGKILL.</summary>
    public async Task EndAsync(bool kill)
    {
        if (kill)
        {
            _process.Kill();
        }
        else
        {
            using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string[] Founding(string address, string country, string name) =>
    [
        $"--BriData:Founding:{country}:0:Issuer={address}/dev/issuers/{name}",
        $"--BriData:Founding:{country}:0:MetadataAddress={address}/dev/issuers/{name}/.well-known/openid-configuration",
    ];

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("health/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
