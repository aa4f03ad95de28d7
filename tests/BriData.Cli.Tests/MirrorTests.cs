using System.Net;
using System.Text;
using BriData.Ledger;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;
using BriData.Testing.Ledger;

namespace BriData.Cli.Tests;

/// <summary><c>bridata mirror</c>: what it asks the platform, when it asks again, and what the shell is told.</summary>
public sealed class MirrorTests : IAsyncLifetime
{
    private const string Ledger = "https://platform.example/base/v1/ledgers/agreement/cn-kz-customs";

    private readonly string _folder = Directory.CreateTempSubdirectory("bridata-cli-").FullName;
    private readonly InMemoryLedgerStore _store = new();
    private readonly CheckpointSigner _signer = CheckpointSigner.Derive(new byte[32], "log.example/agreement/cn-kz-customs");
    private PublishedLedger? _published;

    public async ValueTask InitializeAsync()
    {
        await _store.FillAsync(LedgerSamples.SampleLedger, 300);
        _published = new PublishedLedger(_store, LedgerSamples.SampleLedger, _signer);
    }

    public ValueTask DisposeAsync()
    {
        _signer.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Mirror_OneLedger_CopiesItAndSaysHowMuch()
    {
        var terminal = new Terminal { Platform = Answer };

        Assert.True(await terminal.RunAsync("mirror", Ledger, _folder) == 0, terminal.Messages);
        Assert.Equal(0, await terminal.RunAsync("mirror", Ledger + "/", _folder));

        Assert.Equal(["agreement/cn-kz-customs: 300 entries, 300 new", "agreement/cn-kz-customs: 300 entries, 0 new"], terminal.Output.Trim().Split(Environment.NewLine));
        Assert.True(File.Exists(Path.Combine(_folder, "tile", "entries", "001.p", "44")));
    }

    [Fact]
    public async Task Mirror_Platform_GivesEveryLedgerAFolder()
    {
        var terminal = new Terminal { Platform = Answer };

        Assert.Equal(0, await terminal.RunAsync("mirror", "https://platform.example/base", _folder));

        var mirror = new FolderLedgerSource(Path.Combine(_folder, "agreement", "cn-kz-customs"));
        Assert.Equal(new LedgerDescription("agreement/cn-kz-customs", _signer.VerifierKey, Ledger), await mirror.DescribeAsync());
        Assert.Equal("Bearer a.b.c", terminal.Request!.Headers.Authorization!.ToString());
    }

    [Fact]
    public async Task Mirror_OneOfManyDoesNotStand_TheOthersAreCopiedAllTheSame()
    {
        var terminal = new Terminal
        {
            Platform = request => request.RequestUri!.AbsolutePath.EndsWith("/v1/ledgers", StringComparison.Ordinal)
                ? Json(HttpStatusCode.OK, $$"""{"items":[{"id":"agency/KZ.gone","size":1,"vkey":"x"},{"id":"../evil","size":1,"vkey":"x"},{"id":"agreement/cn-kz-customs","size":300,"vkey":"{{_signer.VerifierKey}}"}]}""")
                : Answer(request),
        };

        Assert.Equal(1, await terminal.RunAsync("mirror", "https://platform.example/base", _folder));

        Assert.Contains("agency/KZ.gone: ", terminal.Messages, StringComparison.Ordinal);
        Assert.Contains("'../evil' is not a ledger", terminal.Messages, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "agreement", "cn-kz-customs", "checkpoint")));
    }

    [Fact]
    public async Task Mirror_HeldLedgerNoLongerListed_IsNamed()
    {
        Assert.Equal(0, await new Terminal { Platform = Answer }.RunAsync("mirror", "https://platform.example/base", _folder));
        var terminal = new Terminal { Platform = _ => Json(HttpStatusCode.OK, """{"items":[]}""") };

        Assert.Equal(3, await terminal.RunAsync("mirror", "https://platform.example/base", _folder));

        Assert.Contains("agreement/cn-kz-customs is held here", terminal.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mirror_PlatformIntoTheFolderOfOneLedger_MissesNone()
    {
        Assert.Equal(0, await new Terminal { Platform = Answer }.RunAsync("mirror", Ledger, _folder));
        var terminal = new Terminal { Platform = Answer };

        Assert.True(await terminal.RunAsync("mirror", "https://platform.example/base", _folder) == 0, terminal.Messages);

        Assert.True(File.Exists(Path.Combine(_folder, "agreement", "cn-kz-customs", "checkpoint")));
    }

    [Fact]
    public async Task Mirror_BusyPlatform_IsAskedAgainLaterEachTime()
    {
        var clock = new ImpatientClock();
        var refusals = 0;
        var terminal = new Terminal
        {
            Time = clock,
            Platform = request =>
            {
                if (!request.RequestUri!.AbsolutePath.EndsWith("/checkpoint", StringComparison.Ordinal) || ++refusals > 4)
                {
                    return Answer(request);
                }

                var busy = refusals == 2 ? throw new HttpRequestException("reset") : Json(refusals == 1 ? HttpStatusCode.TooManyRequests : HttpStatusCode.ServiceUnavailable, """{"code":"busy","detail":"Later."}""");
                busy.Headers.RetryAfter = refusals == 4 ? new(TimeSpan.FromSeconds(9)) : null;
                return busy;
            },
        };

        Assert.Equal(0, await terminal.RunAsync("mirror", Ledger, _folder, "--requests", "1"));

        Assert.Equal([0.5, 1, 2, 9], clock.Waits.Select(w => w.TotalSeconds));
    }

    [Theory]
    [InlineData(503, "busy", 6)]
    [InlineData(503, "ledger_corrupt", 1)]
    [InlineData(401, "token_expired", 1)]
    [InlineData(404, "unknown_ledger", 1)]
    public async Task Mirror_Refused_SaysWhyAndKeepsNothing(int status, string code, int asked)
    {
        var count = 0;
        var terminal = new Terminal
        {
            Time = new ImpatientClock(),
            Platform = request =>
            {
                if (request.RequestUri!.AbsolutePath.EndsWith("/checkpoint", StringComparison.Ordinal))
                {
                    count++;
                    return Json((HttpStatusCode)status, $$"""{"code":"{{code}}","detail":"No."}""");
                }

                return Answer(request);
            },
        };

        Assert.Equal(3, await terminal.RunAsync("mirror", Ledger, _folder));

        Assert.Contains(code, terminal.Messages, StringComparison.Ordinal);
        Assert.Equal(asked, count);
        Assert.False(File.Exists(Path.Combine(_folder, "checkpoint")));
    }

    [Fact]
    public async Task Mirror_AnotherHistory_ExitsWithOneAndKeepsBothCheckpoints()
    {
        Assert.Equal(0, await new Terminal { Platform = Answer }.RunAsync("mirror", Ledger, _folder));
        var other = new InMemoryLedgerStore();
        var tree = LedgerTree.Empty(LedgerSamples.SampleLedger);
        await other.AppendAsync(tree, LedgerSamples.Drafts(7, 400));
        _published = new PublishedLedger(other, LedgerSamples.SampleLedger, _signer);
        var terminal = new Terminal { Platform = Answer };

        Assert.Equal(1, await terminal.RunAsync("mirror", Ledger, _folder));

        Assert.Contains("two histories", terminal.Messages, StringComparison.Ordinal);
        Assert.Contains("\n300\n", await File.ReadAllTextAsync(Path.Combine(_folder, "checkpoint")), StringComparison.Ordinal);
        Assert.Contains("\n400\n", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(_folder, "refused")))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mirror_KeyFromElsewhere_MustBeTheLedgers()
    {
        using var other = CheckpointSigner.Derive([.. Enumerable.Repeat((byte)1, 32)], _signer.Origin);

        Assert.Equal(1, await new Terminal { Platform = Answer }.RunAsync("mirror", Ledger, _folder, "--vkey", other.VerifierKey));
        Assert.Equal(0, await new Terminal { Platform = Answer }.RunAsync("mirror", Ledger, _folder, "--vkey", _signer.VerifierKey));
    }

    [Theory]
    [InlineData("ftp://platform.example")]
    [InlineData("https://platform.example/v1/ledgers/agreement")]
    [InlineData("https://platform.example/v1/ledgers/agreement/a/b")]
    [InlineData("https://platform.example/?x=1")]
    [InlineData("platform.example")]
    public async Task Mirror_AddressOfNothing_IsRefusedBeforeAnyCall(string url)
    {
        var terminal = new Terminal();

        Assert.Equal(2, await terminal.RunAsync("mirror", url, _folder));

        Assert.Null(terminal.Request);
    }

    [Theory]
    [InlineData("--vkey", "no-key")]
    [InlineData("--requests", "0")]
    [InlineData("--requests", "65")]
    public async Task Mirror_OptionsNotInOrder_AreRefusedBeforeAnyCall(string option, string value)
    {
        var terminal = new Terminal();

        Assert.Equal(2, await terminal.RunAsync("mirror", Ledger, _folder, option, value));

        Assert.Null(terminal.Request);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        const string ledgers = "/base/v1/ledgers";
        var path = request.RequestUri!.AbsolutePath;
        if (path == ledgers)
        {
            return Json(HttpStatusCode.OK, $$"""{"items":[{"id":"agreement/cn-kz-customs","size":300,"vkey":"{{_signer.VerifierKey}}"}]}""");
        }

        if (path.StartsWith(ledgers + "/agreement/cn-kz-customs/", StringComparison.Ordinal)
            && _published!.ReadAsync(path[(ledgers.Length + "/agreement/cn-kz-customs/".Length)..]).AsTask().GetAwaiter().GetResult() is { } content)
        {
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content.ToArray()) };
        }

        return Json(HttpStatusCode.NotFound, """{"code":"unknown_tile","detail":"There is none."}""");
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8) };

    /// <summary>Waits no time at all and remembers how long it was to wait.</summary>
    private sealed class ImpatientClock : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
