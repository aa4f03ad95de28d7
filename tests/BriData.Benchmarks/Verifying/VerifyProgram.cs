using System.Diagnostics;
using System.Globalization;

namespace BriData.Benchmarks.Verifying;

/// <summary>A program that verifies a folder, run as a process of its own.</summary>
/// <param name="Name">For the table.</param>
/// <param name="File">The program.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record VerifyProgram(string Name, string File, string[] Arguments)
{
    private const string GoSources = "/usr/share/gocode";

    /// <summary>The command <c>bridata</c> as built beside this benchmark.</summary>
    public static VerifyProgram BriData(string name, params string[] arguments) =>
        new(name, "dotnet", [Path.Combine(AppContext.BaseDirectory, "cli", "bridata.dll"), "verify", .. arguments]);

    /// <summary>Builds the program in <c>tests/independent</c>; null when there is no Go here.</summary>
    public static async Task<VerifyProgram?> GoAsync(string folder, string vkey)
    {
        if (!Directory.Exists(Path.Combine(GoSources, "src/golang.org/x/mod/sumdb")) || !System.IO.File.Exists("/usr/bin/go"))
        {
            return null;
        }

        var program = Path.Combine(AppContext.BaseDirectory, "independent");
        var start = new ProcessStartInfo("/usr/bin/go", ["build", "-o", program, "."]) { WorkingDirectory = Path.Combine(Root(), "tests", "independent") };
        start.Environment["GO111MODULE"] = "off";
        start.Environment["GOPATH"] = GoSources;
        start.Environment["GOFLAGS"] = "";
        using var building = Process.Start(start)!;
        await building.WaitForExitAsync();
        return building.ExitCode == 0
            ? new VerifyProgram("independent (Go)", program, ["-vkey", vkey, folder])
            : throw new BenchmarkFailedException("The Go program does not build.");
    }

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="BenchmarkFailedException">It finds something wrong, or cannot run.</exception>
    public async Task<VerifyTime> RunAsync()
    {
        var start = new ProcessStartInfo(File, Arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var (before, began) = (EndedChildren(), Stopwatch.GetTimestamp());
        using var process = Process.Start(start)!;
        var (output, messages) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var elapsed = Stopwatch.GetElapsedTime(began);
        return process.ExitCode == 0
            ? new VerifyTime(elapsed, EndedChildren() - before)
            : throw new BenchmarkFailedException($"{Name} ends with {process.ExitCode}: {await output}{await messages}");
    }

    /// <summary>Processor time of all child processes that have ended, proc(5): cutime and cstime, in ticks of 10 ms.</summary>
    private static TimeSpan EndedChildren()
    {
        var stat = System.IO.File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)));
    }

    private static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(at.FullName, "BriData.sln")))
            {
                return at.FullName;
            }
        }

        throw new BenchmarkFailedException("The repository is not above the benchmark.");
    }
}

/// <param name="Elapsed">From the start of the process to its end.</param>
/// <param name="Processor">Processor time of all its threads.</param>
internal readonly record struct VerifyTime(TimeSpan Elapsed, TimeSpan Processor);
