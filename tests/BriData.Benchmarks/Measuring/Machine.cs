using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;

namespace BriData.Benchmarks.Measuring;

/// <summary>Where and with what was measured; results are kept together with it.</summary>
internal sealed record Machine(
    DateTimeOffset At, string Processor, int Cores, string System, string Runtime, string GarbageCollector, string FileSystem, double FlushMicroseconds, string Build)
{
    /// <param name="directory">Where the data directories are made.</param>
    public static Machine Describe(string directory) => new(
        TimeProvider.System.GetUtcNow(),
        Processors(),
        Environment.ProcessorCount,
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}",
        RuntimeInformation.FrameworkDescription,
        GCSettings.IsServerGC ? "server" : "workstation",
        FileSystemOf(directory),
        DiskProbe.MedianFlush(directory).TotalMicroseconds,
        BuildOf(typeof(Gateway.Hosting.GatewayOptions).Assembly));

    /// <summary>The head of a report.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine($"BriData {Build}, {At:yyyy-MM-dd HH:mm'Z'}");
        output.WriteLine($"{Processor}, {Cores} cores; {System}; {Runtime}, {GarbageCollector} GC");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"data on {FileSystem}, a flush of 4 KiB takes {FlushMicroseconds:f0} us (median)"));
    }

    private static string Processors()
    {
        const string cpuInfo = "/proc/cpuinfo";
        var model = File.Exists(cpuInfo) ? File.ReadLines(cpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return model?[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string FileSystemOf(string directory)
    {
        var drive = DriveInfo.GetDrives()
            .Where(d => directory.StartsWith(d.RootDirectory.FullName, StringComparison.Ordinal))
            .MaxBy(d => d.RootDirectory.FullName.Length);
        return drive?.DriveFormat ?? "unknown";
    }

    // Version and, when built in a repository, the commit.
    private static string BuildOf(Assembly assembly)
    {
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        return assembly.GetCustomAttribute<AssemblyConfigurationAttribute>() is { Configuration: var configuration } ? $"{version} {configuration}" : version;
    }
}
