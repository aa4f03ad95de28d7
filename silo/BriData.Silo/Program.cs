using BriData.Silo.Hosting;
using BriData.Silo.Telemetry;

namespace BriData.Silo;

/// <summary>A silo as a process of its own.</summary>
internal static class Program
{
    public static Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddBriDataSilo();
        builder.AddBriDataTelemetry("bridata-silo");
        builder.Services.AddBriDataHealth();

        var app = builder.Build();
        app.MapBriDataHealth();
        app.MapBriDataMetrics();
        return app.RunAsync();
    }
}
