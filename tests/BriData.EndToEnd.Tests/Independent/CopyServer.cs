using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BriData.EndToEnd.Tests.Independent;

/// <summary>Serves copies of a log over HTTP, each under an address of its own.</summary>
internal sealed class CopyServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, LogCopy> _copies = new();
    private readonly WebApplication _app;

    private CopyServer(WebApplication app) => _app = app;

    public static async Task<CopyServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new CopyServer(builder.Build());
        server._app.MapGet("/{copy}/{**path}", (string copy, string path) =>
            !server._copies[copy].Gives(path) ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : server._copies[copy].Files.TryGetValue(path, out var content) ? Results.Bytes(content, "application/octet-stream") : Results.NotFound());
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Address of a copy.</summary>
    public string Serve(LogCopy copy)
    {
        var name = Guid.NewGuid().ToString("n");
        _copies[name] = copy;
        return $"{_app.Urls.Single()}/{name}";
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
