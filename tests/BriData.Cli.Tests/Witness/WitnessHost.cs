using System.Net;
using System.Text;
using BriData.Cli.Witness;
using BriData.Ledger.Notes;
using BriData.Ledger.Witnesses;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;

namespace BriData.Cli.Tests.Witness;

/// <summary>A witness that listens within the test process, on a folder that outlives it.</summary>
internal sealed class WitnessHost : IAsyncDisposable
{
    public const string Name = "witness.example/kz";

    private readonly WitnessFolder _folder;
    private readonly WebApplication _app;

    private WitnessHost(WitnessFolder folder, string directory, TimeProvider time, int rate)
    {
        _folder = folder;
        Key = CosignatureVerifier.Parse(_folder.Signer.VerifierKey);
        _app = WitnessServer.Build(["http://127.0.0.1:0"], rate, logger => new CheckpointWitness(
            _folder.Signer,
            new WitnessedLogs(Path.Combine(directory, "logs.txt"), logger),
            new HeldCheckpoints(_folder.Logs, Key),
            new Evidence(_folder.Evidence, time, logger),
            time,
            logger));
    }

    public CosignatureVerifier Key { get; }

    public HttpClient Client { get; } = new();

    public string Logs => _folder.Logs;

    public static FakeTimeProvider Clock() => new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));

    public static async Task<WitnessHost> StartAsync(string directory, TimeProvider? time = null, int rate = 100_000)
    {
        var folder = WitnessFolder.Open(Path.Combine(directory, "state"), Name);
        WitnessHost host;
        try
        {
            host = new WitnessHost(folder, directory, time ?? Clock(), rate);
        }
        catch
        {
            folder.Dispose();
            throw;
        }

        await host._app.StartAsync(TestContext.Current.CancellationToken);
        host.Client.BaseAddress = new Uri(host._app.Urls.Single());
        return host;
    }

    public async Task<Answered> AddAsync(string body)
    {
        using var response = await Client.PostAsync(new Uri("add-checkpoint", UriKind.Relative), new ByteArrayContent(Encoding.UTF8.GetBytes(body)));
        return new Answered(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.ToString());
    }

    /// <summary>The time of the one cosignature in an answer, which must be good for the checkpoint.</summary>
    public long Cosigned(Answered answer, SignedNote checkpoint)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.True(CosignatureLines.TryParse(answer.Body, out var signatures));
        Assert.True(Key.Verify(checkpoint.Text, Assert.Single(signatures), out var time));
        return time;
    }

    public string[] Evidence(string kind) => Directory.GetFiles(_folder.Evidence, $"{kind}-*.json", SearchOption.AllDirectories);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
        Client.Dispose();
    }

    internal sealed record Answered(HttpStatusCode Status, string Body, string? MediaType);
}
