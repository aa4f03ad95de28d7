using BriData.Contracts;
using BriData.Identity;

namespace BriData.Gateway.Authentication;

/// <summary>The recognised caller of the current request.</summary>
internal sealed class CallerFeature(string token, CallerIdentity identity)
{
    public Caller Caller { get; } = new(token);

    public CallerIdentity Identity => identity;
}
