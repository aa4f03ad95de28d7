using BriData.Silo.Operator;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace BriData.Silo.Telemetry;

/// <summary>Traces, metrics and logs of a BriData host.</summary>
public static class TelemetryExtensions
{
    private static readonly string[] Sources =
    [
        "Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Lifecycle", "Microsoft.Orleans.Storage", "BriData.*",
    ];

    /// <summary>
    /// Adds OpenTelemetry: one trace from request to grain to commit, Prometheus at <c>/metrics</c> (see
    /// <see cref="MapBriDataMetrics"/>), and OTLP for all three signals when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. Without
    /// an OTLP endpoint nothing samples traces, so they cost nothing.
    /// </summary>
    public static IHostApplicationBuilder AddBriDataTelemetry(this IHostApplicationBuilder builder, string serviceName)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var export = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(serviceName))
            .WithMetrics(m => m
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter("Microsoft.Orleans", "BriData.*")
                .AddPrometheusExporter());
        if (export)
        {
            telemetry
                .WithTracing(t => t.AddSource(Sources).AddAspNetCoreInstrumentation())
                .WithLogging()
                .UseOtlpExporter();
        }

        return builder;
    }

    /// <summary>
    /// Serves the metrics in Prometheus' text format, to this machine only: they count what all countries do together. To others
    /// the route does not exist.
    /// </summary>
    public static IEndpointConventionBuilder MapBriDataMetrics(this IEndpointRouteBuilder routes, string path = "/metrics")
    {
        var metrics = routes.MapPrometheusScrapingEndpoint(path);
        metrics.Finally(static endpoint =>
        {
            // Not an endpoint filter: it would not run, for the exporter is middleware.
            var scrape = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => ThisMachine.Asks(context) ? scrape(context) : TypedResults.NotFound().ExecuteAsync(context);
        });
        return metrics;
    }
}
