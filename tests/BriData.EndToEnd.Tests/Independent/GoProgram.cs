using System.Diagnostics;
using BriData.EndToEnd.Tests.Architecture;

namespace BriData.EndToEnd.Tests.Independent;

/// <summary>
/// The verifier in <c>tests/independent</c>, written in Go on Debian's packages <c>golang</c> and
/// <c>golang-golang-x-mod-dev</c>: every signature, hash and proof is checked by code that is not ours.
/// </summary>
internal static class GoProgram
{
    private const string Sources = "/usr/share/gocode";

    private static readonly Lazy<Task<string>> Built = new(BuildAsync);

    /// <summary>Why it cannot be built here; null when it can, and where every test must run.</summary>
    public static string? WhyNot =>
        Environment.GetEnvironmentVariable("BRIDATA_TESTS_COMPLETE") == "1" ? null
        : !Array.Exists((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), folder => File.Exists(Path.Combine(folder, "go"))) ? "There is no go here."
        : !Directory.Exists(Path.Combine(Sources, "src/golang.org/x/mod/sumdb")) ? "The package golang-golang-x-mod-dev is not installed."
        : null;

    /// <summary>Runs it.</summary>
    public static async Task<(int Code, string Said)> RunAsync(string? token, params string[] arguments)
    {
        using var process = Start(await Built.Value, arguments, start => start.Environment["BRIDATA_TOKEN"] = token);
        return await EndAsync(process);
    }

    private static async Task<string> BuildAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "independent");
        using var process = Start("go", ["build", "-o", program, "."], start =>
        {
            start.WorkingDirectory = Path.Combine(Repository.Root, "tests", "independent");
            start.Environment["GO111MODULE"] = "off";
            start.Environment["GOPATH"] = Sources;
            start.Environment["GOFLAGS"] = "";
        });
        var (code, said) = await EndAsync(process);
        return code == 0 ? program : throw new InvalidOperationException($"The Go program does not build: {said}");
    }

    private static Process Start(string program, string[] arguments, Action<ProcessStartInfo> configure)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        configure(start);
        return Process.Start(start)!;
    }

    private static async Task<(int Code, string Said)> EndAsync(Process process)
    {
        var (output, messages) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output + await messages).Trim());
    }
}
