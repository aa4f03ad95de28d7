using System.Collections.Concurrent;
using System.Reflection;
using BriData.Contracts;
using BriData.Contracts.Agreements;

namespace BriData.Silo.Tests.Erasure;

/// <summary>Agreement grains that only settle, as a test tells them, and count how often they were asked.</summary>
internal sealed class FakeAgreements(Func<string, Task<Reply<bool>>> settle)
{
    private readonly ConcurrentDictionary<string, int> _asked = new();

    public IGrainFactory Factory => GrainProxy.Of<IGrainFactory>((method, arguments) => method.Name == nameof(IGrainFactory.GetGrain)
        ? GrainProxy.Of<IAgreementGrain>((call, _) => Settle(call, (string)arguments[0]!))
        : throw new NotSupportedException(method.Name));

    public int Asked(string agreement) => _asked.GetValueOrDefault(agreement);

    private Task<Reply<bool>> Settle(MethodInfo call, string agreement)
    {
        Assert.Equal(nameof(IAgreementGrain.SettleAsync), call.Name);
        _asked.AddOrUpdate(agreement, 1, static (_, count) => count + 1);
        return settle(agreement);
    }
}
