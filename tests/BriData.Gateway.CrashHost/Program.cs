using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace BriData.Gateway.CrashHost;

/// <summary>
/// The gateway as a process that kills itself (SIGKILL) at one storage call. Settings beside the gateway's own:
/// <c>--Crash:At=17</c>, counted from one, and <c>--Crash:Side=Before|After</c>.
/// </summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
        var at = int.Parse(settings["Crash:At"]!, CultureInfo.InvariantCulture);
        var side = Enum.Parse<Death>(settings["Crash:Side"]!);
        var storage = new MortalStorage((_, number) => number == at ? side : Death.None, Process.GetCurrentProcess().Kill);
        await using var app = CrashingGateway.Build(args, storage);
        await app.RunAsync();
    }
}
