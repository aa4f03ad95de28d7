using System.Diagnostics;

namespace BriData.EndToEnd.Tests.Support;

/// <summary>The command <c>bridata</c> as a process of its own.</summary>
internal static class BriDataCommand
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "cli", "bridata.dll");

    /// <summary>Starts it; who calls ends it.</summary>
    public static Process Start(string? token, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["BRIDATA_TOKEN"] = token;
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Output, string Messages)> RunAsync(string? token, params string[] arguments)
    {
        using var process = Start(token, arguments);
        var (output, messages) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await messages);
    }
}
