using BriData.Contracts.Countries;
using BriData.Gateway.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BriData.Gateway.Authentication;

/// <summary>
/// Asks the caller's country whether issuer and agency still stand, for routes whose grain does not ask by itself.
/// </summary>
internal sealed class StandingFilter(IGrainFactory grains) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var caller = context.HttpContext.Features.GetRequiredFeature<CallerFeature>();
        var standing = await grains.GetGrain<ICountryGrain>(caller.Identity.Country).CheckStandingAsync(caller.Caller);
        return standing.IsOk ? await next(context) : new ProblemResult(standing.Refusal);
    }
}
