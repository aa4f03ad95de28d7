using BriData.Gateway.Hosting;

namespace BriData.Gateway;

/// <summary>The gateway as a process, with an embedded silo.</summary>
internal static class Program
{
    public static Task Main(string[] args)
    {
        // Settings and sample data lie beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddBriDataGateway();

        var app = builder.Build();
        app.MapBriDataGateway();
        return app.RunAsync();
    }
}
