using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;
using BriData.Ledger.Notes;
using BriData.Testing.Processes;

namespace BriData.EndToEnd.Tests.Witnesses;

/// <summary>One country's witness: <c>bridata witness</c> as a process on an address that stays over restarts.</summary>
internal sealed class WitnessStand(string name) : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "cli", "bridata.dll");

    private readonly string _directory = Directory.CreateTempSubdirectory("bridata-e2e-witness-").FullName;
    private readonly string _url = $"http://127.0.0.1:{FreePort()}";
    private WitnessProcess? _process;

    public CosignatureVerifier Key { get; private set; } = null!;

    /// <summary>What it has kept against a ledger.</summary>
    public string[] Evidence => Directory.GetFiles(Path.Combine(_directory, "state", "evidence"), "*.json", SearchOption.AllDirectories);

    /// <summary>Which logs it serves from now on.</summary>
    public void Serve(IEnumerable<string> vkeys)
    {
        var (list, next) = (Path.Combine(_directory, "logs.txt"), Path.Combine(_directory, "logs.new"));
        File.WriteAllLines(next, vkeys);
        File.Move(next, list, overwrite: true);
    }

    public async Task StartAsync()
    {
        _process = await WitnessProcess.StartAsync(Program, _directory, name, _url);
        Key = CosignatureVerifier.Parse(_process.VerifierKey);
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.Dispose();
        _process = null;
    }

    /// <summary>The country names it as its only witness.</summary>
    public async Task NameAsync(Office office, string country) =>
        (await (await office.AdminAsync(country)).PutAsync($"v1/countries/{country}/witnesses", new JsonObject
        {
            ["witnesses"] = new JsonArray(new JsonObject { ["vkey"] = Key.VerifierKey, ["url"] = _url }),
            ["quorum"] = 1,
        })).Is(200);

    public void Dispose()
    {
        _process?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
