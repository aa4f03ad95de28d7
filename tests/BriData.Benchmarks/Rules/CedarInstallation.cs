using System.ComponentModel;
using System.Diagnostics;

namespace BriData.Benchmarks.Rules;

/// <summary>Node and the Cedar package beside this program.</summary>
internal static class CedarInstallation
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cedar");

    /// <summary>Installs the package where it is not there yet and may be; gives the reason when Cedar cannot run here, else null.</summary>
    public static async Task<string?> PrepareAsync(bool install, TextWriter log)
    {
        if (await RunAsync("node", "--version") is { } noNode)
        {
            return $"Node was not found or does not start ({noNode})";
        }

        if (Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            return null;
        }

        if (!install)
        {
            return "its package is not installed";
        }

        await log.WriteLineAsync($"installing Cedar in {Folder}");
        return await RunAsync("npm", "ci", "--no-audit", "--no-fund") is { } failure ? $"npm ci failed: {failure}" : null;
    }

    /// <summary>Starts the Node side of the benchmark.</summary>
    public static Process Start() => Start("node", ["evaluate.cjs"]);

    private static async Task<string?> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Start(program, arguments);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var problem = await process.StandardError.ReadToEndAsync();
            await output;
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? null : problem.Trim();
        }
        catch (Win32Exception exception)
        {
            return exception.Message;
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = Folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
