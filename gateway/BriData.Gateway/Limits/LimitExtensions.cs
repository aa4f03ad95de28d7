using System.Threading.RateLimiting;
using BriData.Contracts;
using BriData.Gateway.Authentication;
using BriData.Gateway.Hosting;
using BriData.Gateway.Http;
using Microsoft.Extensions.Options;

namespace BriData.Gateway.Limits;

/// <summary>How many requests are served, in all and per caller.</summary>
internal static class LimitExtensions
{
    /// <summary>Adds the limits; refusals are problems with the code <c>rate_limited</c>.</summary>
    public static IServiceCollection AddBriDataLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(_ => { });
        services.AddOptions<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>().Configure<IOptions<GatewayOptions>>((limiter, options) =>
        {
            limiter.OnRejected = static async (context, _) =>
                await new ProblemResult(new Refusal(ErrorCodes.RateLimited, "More requests than this platform, or your share of it, can serve. Try again."))
                    .ExecuteAsync(context.HttpContext);
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(Total(options.Value), PerCaller(options.Value));
        });
        return services;
    }

    private static PartitionedRateLimiter<HttpContext> Total(GatewayOptions options) =>
        PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.GetConcurrencyLimiter("all", _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = options.MaxConcurrentRequests,
            QueueLimit = options.MaxQueuedRequests,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }));

    private static PartitionedRateLimiter<HttpContext> PerCaller(GatewayOptions options) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(PartitionOf(context), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.RequestsPerSecond * 2,
            TokensPerPeriod = Math.Max(1, options.RequestsPerSecond / 10),
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
            QueueLimit = 0,
        }));

    private static string PartitionOf(HttpContext context) =>
        context.Features.Get<CallerFeature>() is { } caller
            ? caller.Identity.Agency ?? caller.Identity.Country
            : context.Connection.RemoteIpAddress?.ToString() ?? "local";
}
