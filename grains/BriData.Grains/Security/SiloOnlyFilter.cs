using System.Collections.Concurrent;
using System.Reflection;
using BriData.Contracts;

namespace BriData.Grains.Security;

/// <summary>Refuses calls of <see cref="SiloOnlyAttribute"/> interfaces that do not come from a grain.</summary>
public sealed class SiloOnlyFilter : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<Type, bool> _siloOnly = new();

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (_siloOnly.GetOrAdd(context.Request.GetInterfaceType(), t => t.GetCustomAttribute<SiloOnlyAttribute>() is not null)
            && (context.SourceId is not { } source || source.IsClient() || source.IsSystemTarget()))
        {
            throw new UnauthorizedAccessException($"{context.Request.GetInterfaceName()} may be called by grains only.");
        }

        return context.Invoke();
    }
}
