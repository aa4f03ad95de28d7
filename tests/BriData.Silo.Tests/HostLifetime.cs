using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace BriData.Silo.Tests;

/// <summary>The lifetime of a host that a test only pretends to run.</summary>
internal static class HostLifetime
{
    /// <summary>Of a host that is still starting.</summary>
    public static ApplicationLifetime Starting() => new(NullLogger<ApplicationLifetime>.Instance);

    /// <summary>Of a host that has started.</summary>
    public static ApplicationLifetime Started()
    {
        var lifetime = Starting();
        lifetime.NotifyStarted();
        return lifetime;
    }
}
