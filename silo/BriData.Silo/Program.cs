using BriData.Silo.Hosting;
using BriData.Silo.Operator;
using BriData.Silo.Telemetry;
using Microsoft.Extensions.Configuration.Memory;

namespace BriData.Silo;

/// <summary>A silo as a process of its own.</summary>
internal static class Program
{
    // No settings file: it would meet the gateway's where both are in one folder.
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Urls"] = "http://localhost:5081",
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
        ["Logging:LogLevel:Polly"] = "Warning",
    };

    public static Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder.AddBriDataSilo();
        builder.AddBriDataTelemetry("bridata-silo");
        builder.Services.AddBriDataHealth();

        var app = builder.Build();
        app.MapBriDataHealth();
        app.MapBriDataMetrics();
        app.MapBriDataOperator();
        return app.RunAsync();
    }
}
