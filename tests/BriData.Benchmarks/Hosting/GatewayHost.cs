using System.Net;
using System.Net.Sockets;
using BriData.Gateway.Hosting;
using BriData.Gateway.SampleWorld;
using BriData.Grains.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BriData.Benchmarks.Hosting;

/// <summary>
/// The gateway as it ships, with its embedded silo and durable storage, in this process and on loopback; beside it the
/// <see cref="EchoEndpoint"/>. Only the rate limits are set out of the way.
/// </summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private static readonly TimeSpan SetupTimeout = TimeSpan.FromMinutes(2);

    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private GatewayHost(WebApplication app, EchoEndpoint echo, IPEndPoint address)
    {
        _app = app;
        Echo = echo;
        Address = address;
        _http = new HttpClient { BaseAddress = new Uri($"http://{address}/"), Timeout = SetupTimeout };
        Api = new SampleApi(_http);
    }

    public IPEndPoint Address { get; }

    public EchoEndpoint Echo { get; }

    /// <summary>The HTTP API for what comes before the load.</summary>
    public SampleApi Api { get; }

    /// <summary>Starts the platform on an empty data directory and loads the sample world. What it says goes to <paramref name="log"/>.</summary>
    public static async Task<GatewayHost> StartAsync(string dataDirectory, TextWriter log)
    {
        var address = new IPEndPoint(IPAddress.Loopback, FreePort());
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Development,
            Args =
            [
                $"--urls=http://{address}",
                $"--BriData:DataDirectory={dataDirectory}",
                "--BriData:Gateway:FirstExchange=false",
                "--BriData:Gateway:MaxConcurrentRequests=100000",
                "--BriData:Gateway:RequestsPerSecond=10000000",
                "--Logging:Console:LogToStandardErrorThreshold=Trace",
            ],
        });
        builder.AddBriDataGateway();
        var app = builder.Build();
        app.MapBriDataGateway();
        var echo = new EchoEndpoint();
        echo.Map(app);

        // Standard output is for results alone.
        var output = Console.Out;
        Console.SetOut(log);
        try
        {
            await app.StartAsync();
        }
        finally
        {
            Console.SetOut(output);
        }

        return new GatewayHost(app, echo, address);
    }

    /// <summary>Waits until the audit index has taken in everything that is durable now.</summary>
    public Task DrainIndexAsync() => _app.Services.GetRequiredService<IAuditFreshness>().EnsureCurrentAsync();

    /// <summary>Stops the platform as an operator would; its files are closed when this returns.</summary>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
