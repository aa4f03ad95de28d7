using BriData.Silo.Hosting;
using BriData.Silo.Telemetry;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddBriDataSilo();
builder.AddBriDataTelemetry("bridata-silo");
builder.Services.AddBriDataHealth();

var app = builder.Build();
app.MapBriDataHealth();
app.MapBriDataMetrics();
await app.RunAsync();
