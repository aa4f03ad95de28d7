using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using BriData.EndToEnd.Tests.Architecture;

namespace BriData.EndToEnd.Tests.Support;

/// <summary>
/// The built gateway as a process of its own, on a data directory and a port that stay the same over restarts. Nothing of it
/// is left behind, whatever the test did.
/// </summary>
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    private const int SigTerm = 15;

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(45);
    private static readonly ConcurrentDictionary<GatewayProcess, byte> Alive = new();

    private readonly string _root = Directory.CreateTempSubdirectory("bridata-e2e-").FullName;
    private readonly string _program = "gateway/BriData.Gateway.dll";
    private readonly string? _command;
    private readonly string[] _settings;
    private readonly HttpClient _probe;
    private ConcurrentQueue<string> _output = new();
    private Process? _process;
    private bool _mounted;

    static GatewayProcess() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
    {
        foreach (var left in Alive.Keys)
        {
            left.Remove();
        }
    };

    /// <param name="settings">Further arguments, for example <c>--BriData:Gateway:FirstExchange=false</c>; <c>{address}</c> stands for its own.</param>
    public GatewayProcess(params string[] settings)
    {
        Address = new Uri($"http://localhost:{FreePort.Find()}/");
        _settings = [.. settings.Select(s => s.Replace("{address}", Address.ToString().TrimEnd('/'), StringComparison.Ordinal))];
        _probe = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        Alive.TryAdd(this, 0);
    }

    private GatewayProcess(string program, string[] settings)
        : this(settings) => _program = program;

    private GatewayProcess(string command)
        : this() => _command = command;

    public Uri Address { get; }

    public string DataDirectory => Path.Combine(_root, "data");

    /// <summary>What the present or last run has written, line by line.</summary>
    public IReadOnlyList<string> Output => [.. _output];

    /// <summary>
    /// The gateway of <c>BriData.Gateway.CrashHost</c>, which ends itself at a storage call; what is given to
    /// <see cref="StartUnlessItDiesAsync"/> says which.
    /// </summary>
    public static GatewayProcess Mortal(params string[] settings) => new("BriData.Gateway.CrashHost.dll", settings);

    /// <summary>The gateway started by a line of a shell in the root of the repository, as a person would, with what has just been built.</summary>
    public static GatewayProcess ByCommand(string command) => new(command);

    /// <summary>Puts the data directory on a file system of its own, in memory and of this size; false when that is not allowed here.</summary>
    public bool TryMountData(int mebibytes)
    {
        Directory.CreateDirectory(DataDirectory);
        return _mounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            && Run("mount", "-t", "tmpfs", "-o", $"mode=0700,size={mebibytes}m", "bridata-test", DataDirectory);
    }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public async Task StartAsync()
    {
        Launch([]);
        await Eventually.TrueAsync($"the gateway at {Address} to be ready", IsReadyAsync, StartDeadline, Tail);
        await Eventually.TrueAsync("the line 'ready'", () => Output.Contains("ready"), StartDeadline, Tail);
    }

    /// <summary>Starts it with further arguments; false when it ended before it was ready.</summary>
    public async Task<bool> StartUnlessItDiesAsync(params string[] settings)
    {
        Launch(settings);
        await Eventually.TrueAsync($"the gateway at {Address} to be ready or dead", async () => HasDied || await AnswersAsync(), StartDeadline, Tail);
        return !HasDied;
    }

    private void Launch(string[] further)
    {
        var output = _output = new ConcurrentQueue<string>();
        _process = new Process { StartInfo = _command is null ? OfProgram(further) : OfCommand(_command) };
        _process.OutputDataReceived += (_, e) => Keep(output, e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(output, e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private ProcessStartInfo OfProgram(string[] further)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _root,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development" },
        };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, _program), "--urls", Address.ToString().TrimEnd('/'), $"--BriData:DataDirectory={DataDirectory}", .. _settings, .. further])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private ProcessStartInfo OfCommand(string command) => new("bash")
    {
        ArgumentList = { "-c", $"exec {command}" },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Repository.Root,
        Environment =
        {
            ["Urls"] = Address.ToString().TrimEnd('/'),
            ["BriData__DataDirectory"] = DataDirectory,

            // The build that these tests belong to is up to date, and nothing of the build stays behind.
            ["Configuration"] = typeof(GatewayProcess).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration,
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            ["UseSharedCompilation"] = "false",
        },
    };

    /// <summary>Whether the process is gone.</summary>
    public bool HasDied => _process!.HasExited;

    /// <summary>SIGKILL: the process gets no chance to finish anything.</summary>
    public void Kill()
    {
        _process!.Kill(entireProcessTree: _command is not null);
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, as a service manager stops it; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Assert.Equal(0, Signal(_process!.Id, SigTerm));
        await Eventually.TrueAsync("the gateway to stop after SIGTERM", () => _process.HasExited, StopDeadline, Tail);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        Alive.TryRemove(this, out _);
        Remove();
        _probe.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static void Keep(ConcurrentQueue<string> output, string? line)
    {
        if (line is not null)
        {
            output.Enqueue(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);

    private async Task<bool> IsReadyAsync()
    {
        if (_process!.HasExited)
        {
            await _process.WaitForExitAsync();
            throw new InvalidOperationException($"The gateway ended with {_process.ExitCode} before it was ready. {Tail()}");
        }

        return await AnswersAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var response = await _probe.GetAsync(new Uri("health/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private string Tail() => "Its last lines:" + Environment.NewLine + string.Join(Environment.NewLine, _output.TakeLast(40));

    private void Remove()
    {
        if (_process is { HasExited: false })
        {
            Kill();
        }

        _process?.Dispose();
        _process = null;
        if (_mounted)
        {
            _mounted = !Run("umount", "-l", DataDirectory);
        }

        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }
}
