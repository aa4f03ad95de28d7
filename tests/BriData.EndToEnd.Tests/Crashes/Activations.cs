using BriData.EndToEnd.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BriData.EndToEnd.Tests.Crashes;

/// <summary>The grains that live in a host of this process.</summary>
internal static class Activations
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Ends every activation of the platform's grains, and with them all that only they remember.</summary>
    public static async Task EndAllAsync(IServiceProvider silo)
    {
        var management = silo.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        await Eventually.TrueAsync(
            "all activations to end",
            async () =>
            {
                await management.ForceActivationCollection(TimeSpan.Zero);
                return !(await management.GetDetailedGrainStatistics()).Any(g => IsStateful(g.GrainId.Type.ToString()!));
            },
            Deadline);
    }

    private static bool IsStateful(string type) => type is "bridata.country" or "bridata.agency" or "bridata.agreement";
}
