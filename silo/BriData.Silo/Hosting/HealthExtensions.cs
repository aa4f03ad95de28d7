using BriData.Ledger;
using BriData.Ledger.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BriData.Silo.Hosting;

/// <summary>Health of a BriData host.</summary>
public static class HealthExtensions
{
    private const string Ready = "ready";

    /// <summary>Adds the readiness checks: the host has started and is not stopping, and the ledgers can be read.</summary>
    public static IServiceCollection AddBriDataHealth(this IServiceCollection services)
    {
        services.AddSingleton<ReadinessCheck>();
        services.AddHealthChecks().AddCheck<ReadinessCheck>("platform", tags: [Ready]);
        return services;
    }

    /// <summary>
    /// <c>/health/live</c> answers for the process alone, with no grain or storage call. <c>/health/ready</c> answers 200 once
    /// requests can be served, and 503 from the moment a stop begins.
    /// </summary>
    public static void MapBriDataHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().DisableRateLimiting();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains(Ready) }).AllowAnonymous().DisableRateLimiting();
    }

    private sealed class ReadinessCheck(IHostApplicationLifetime lifetime, ILedgerStore store) : IHealthCheck
    {
        private static readonly LedgerId Probe = LedgerId.Parse("country/ZZ");

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (!lifetime.ApplicationStarted.IsCancellationRequested || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return HealthCheckResult.Unhealthy("The host is starting or stopping.");
            }

            try
            {
                await store.GetHeadAsync(Probe, cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (LedgerStoreException e) when (e.Reason == LedgerStoreFailure.Corrupt)
            {
                // Ledgers that are whole are served.
                return HealthCheckResult.Degraded(e.Message);
            }
            catch (LedgerStoreException e)
            {
                return HealthCheckResult.Unhealthy(e.Message);
            }
        }
    }
}
