using System.Net;

namespace BriData.Silo.Operator;

/// <summary>Tells the operator, who is on this machine, from everybody else.</summary>
internal static class ThisMachine
{
    private static readonly string[] Forwarding = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    /// <summary>Whether the request comes from here. A proxy on this machine is not the operator; what it passes on says so.</summary>
    public static bool Asks(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !Forwarding.Any(context.Request.Headers.ContainsKey);
}
