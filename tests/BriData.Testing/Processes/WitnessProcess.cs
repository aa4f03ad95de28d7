using System.Diagnostics;
using System.Runtime.InteropServices;
using Xunit;

namespace BriData.Testing.Processes;

/// <summary><c>bridata witness</c> as a process of its own, killed at the latest when disposed.</summary>
public sealed partial class WitnessProcess : IDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private WitnessProcess(Process process) => _process = process;

    public string VerifierKey { get; private set; } = "";

    /// <summary>A client of it.</summary>
    public HttpClient Client { get; } = new() { Timeout = Deadline };

    /// <summary>Starts it, and waits until it serves.</summary>
    /// <param name="program">The built <c>bridata.dll</c>.</param>
    /// <param name="directory">Where its state lies, and the list of logs <c>logs.txt</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="url">Where it listens; a free port without it.</param>
    public static async Task<WitnessProcess> StartAsync(string program, string directory, string name, string url = "http://127.0.0.1:0")
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        string[] arguments =
        [
            program, "witness", "--state", "state", "--logs", "logs.txt", "--name", name, "--urls", url, "--rate", "100000",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var serving = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var key = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var witness = new WitnessProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        witness._process.OutputDataReceived += (_, e) => _ = e.Data is { } line && key.TrySetResult(line);
        witness._process.ErrorDataReceived += (_, e) => _ = e.Data?.StartsWith("Serving ", StringComparison.Ordinal) == true && serving.TrySetResult(new Uri(e.Data["Serving ".Length..]));
        witness._process.Exited += (_, _) => serving.TrySetException(new InvalidOperationException("The witness ended before it served."));
        witness._process.Start();
        witness._process.BeginOutputReadLine();
        witness._process.BeginErrorReadLine();
        witness.Client.BaseAddress = await serving.Task.WaitAsync(Deadline);
        witness.VerifierKey = await key.Task.WaitAsync(Deadline);
        return witness;
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Assert.Equal(0, Signal(_process.Id, SigTerm));
        using var deadline = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
        Client.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
