using System.Diagnostics;
using System.Globalization;
using BriData.Benchmarks.Measuring;
using BriData.Benchmarks.Reporting;

namespace BriData.Benchmarks.Verifying;

/// <summary>
/// The same mirror verified by <c>bridata verify</c> and by the independent program in Go, each as a process of its own, taking
/// turns. All must find the mirror in order.
/// </summary>
internal sealed class VerifyBenchmark(VerifyOptions options, TextWriter output, TextWriter log)
{
    public async Task RunAsync()
    {
        var folder = options.Folder ?? Directory.CreateTempSubdirectory("bridata-verify-benchmark-").FullName;
        try
        {
            await log.WriteLineAsync($"{options.Entries} entries are written to {folder}");
            var began = Stopwatch.GetTimestamp();
            var vkey = await new MirrorGenerator(folder, options.Entries).RunAsync();
            await log.WriteLineAsync(Text($"written in {Stopwatch.GetElapsedTime(began).TotalSeconds:n0} s"));
            await CompareAsync(folder, vkey);
        }
        finally
        {
            if (options.Folder is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task CompareAsync(string folder, string vkey)
    {
        var go = await VerifyProgram.GoAsync(folder, vkey);
        if (go is null)
        {
            await log.WriteLineAsync("The Go program is left out: golang and golang-golang-x-mod-dev are not installed.");
        }

        VerifyProgram[] programs =
        [
            .. go is null ? (VerifyProgram[])[] : [go],
            VerifyProgram.BriData("bridata verify --no-replay", folder, "--vkey", vkey, "--no-replay"),
            VerifyProgram.BriData("bridata verify", folder, "--vkey", vkey),
        ];
        var times = programs.ToDictionary(p => p, _ => new List<VerifyTime>());

        // The first round fills the cache of files for all alike, and counts for none.
        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var program in programs)
            {
                var time = await program.RunAsync();
                await log.WriteLineAsync(Text($"round {round}: {program.Name} {time.Elapsed.TotalSeconds:n2} s"));
                if (round > 0)
                {
                    times[program].Add(time);
                }
            }
        }

        Write(folder, programs, times, go);
    }

    private void Write(string folder, VerifyProgram[] programs, Dictionary<VerifyProgram, List<VerifyTime>> times, VerifyProgram? go)
    {
        var machine = Machine.Describe(folder);
        var bytes = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
        output.WriteLine($"BriData {machine.Build}, {machine.At:yyyy-MM-dd HH:mm'Z'}");
        output.WriteLine($"{machine.Processor}, {machine.Cores} cores; {machine.System}; {machine.Runtime}");
        output.WriteLine(Text($"{options.Entries:n0} entries, {bytes / 1e6:n0} MB, files in the cache; median of {options.Rounds} rounds, whole processes, taking turns"));
        output.WriteLine();
        var goMedian = go is null ? (double?)null : Median(times[go], t => t.Elapsed);
        Grid.Write(output, ["program", "seconds", "entries/s", "CPU s", "fastest", "slowest", "speed / Go"], programs.Select(p => Line(p, times[p], goMedian)));
        output.WriteLine();
        output.WriteLine("Go: signature, every leaf hash against the proved tiles, root, some 230 inclusion and 230 consistency proofs; both cores.");
        output.WriteLine("bridata --no-replay: the same but for those proofs, in place of which every hash of every tile is recomputed, and the canonical");
        output.WriteLine("form of every entry. bridata: also reads what each entry says, judges whether it was lawful there, and makes each decision again.");
    }

    private string[] Line(VerifyProgram program, List<VerifyTime> times, double? go)
    {
        var median = Median(times, t => t.Elapsed);
        return
        [
            program.Name,
            Text($"{median:n2}"),
            Text($"{options.Entries / median:n0}"),
            Text($"{Median(times, t => t.Processor):n2}"),
            Text($"{times.Min(t => t.Elapsed).TotalSeconds:n2}"),
            Text($"{times.Max(t => t.Elapsed).TotalSeconds:n2}"),
            go is { } other ? Text($"{other / median:n2}") : "-",
        ];
    }

    private static double Median(List<VerifyTime> times, Func<VerifyTime, TimeSpan> of)
    {
        var sorted = times.Select(t => of(t).TotalSeconds).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
