using BriData.Gateway.Hosting;

// Settings and sample data lie beside the program, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddBriDataGateway();

var app = builder.Build();
app.MapBriDataGateway();
await app.RunAsync();

/// <summary>Entry point, named for tests.</summary>
public partial class Program;
