using System.Net;
using System.Text;
using System.Text.Json;
using BriData.Cli.Witness;
using BriData.Ledger;
using BriData.Ledger.Notes;
using BriData.Ledger.Witnesses;
using Microsoft.Extensions.Time.Testing;

namespace BriData.Cli.Tests.Witness;

/// <summary>C2SP tlog-witness over HTTP.</summary>
public sealed class WitnessProtocolTests : WitnessScene
{
    [Fact]
    public async Task Add_FirstAndGrowingCheckpoints_AreCosignedAtTheirTime()
    {
        var time = WitnessHost.Clock();
        await using var witness = await WitnessHost.StartAsync(Folder, time);

        Assert.Equal(1_800_000_000, witness.Cosigned(await witness.AddAsync(await Log.RequestAsync(0, 5)), await Log.CheckpointAsync(5)));
        time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(1_800_000_007, witness.Cosigned(await witness.AddAsync(await Log.RequestAsync(5, 17)), await Log.CheckpointAsync(17)));
        Assert.Equal(1_800_000_007, witness.Cosigned(await witness.AddAsync(await Log.RequestAsync(17, 17)), await Log.CheckpointAsync(17)));
    }

    [Fact]
    public async Task Add_EmptyLog_IsCosignedAndThenGrows()
    {
        await using var witness = await WitnessHost.StartAsync(Folder);

        witness.Cosigned(await witness.AddAsync(await Log.RequestAsync(0, 0)), await Log.CheckpointAsync(0));
        witness.Cosigned(await witness.AddAsync(await Log.RequestAsync(0, 3)), await Log.CheckpointAsync(3));
    }

    [Fact]
    public async Task Add_ClockSetBack_NeverGoesBack()
    {
        await using (var before = await WitnessHost.StartAsync(Folder))
        {
            before.Cosigned(await before.AddAsync(await Log.RequestAsync(0, 5)), await Log.CheckpointAsync(5));
        }

        await using var after = await WitnessHost.StartAsync(Folder, new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000 - 300)));

        Assert.Equal(1_800_000_000, after.Cosigned(await after.AddAsync(await Log.RequestAsync(5, 6)), await Log.CheckpointAsync(6)));
    }

    [Fact]
    public async Task Add_ClockFarBehindTheLastCosignature_CosignsNothingUntilItIsRight()
    {
        await using (var ahead = await WitnessHost.StartAsync(Folder))
        {
            await ahead.AddAsync(await Log.RequestAsync(0, 5));
        }

        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000 - 301));
        await using var after = await WitnessHost.StartAsync(Folder, time);

        var answer = await after.AddAsync(await Log.RequestAsync(5, 6));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.DoesNotContain("\u2014", answer.Body, StringComparison.Ordinal);
        Assert.Equal(await Log.CheckpointAsync(5), await HeldAsync(after), Same);

        time.Advance(TimeSpan.FromSeconds(302));
        Assert.Equal(1_800_000_001, after.Cosigned(await after.AddAsync(await Log.RequestAsync(5, 6)), await Log.CheckpointAsync(6)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    public async Task Add_OtherOldSize_IsToldTheSizeHeld(int oldSize)
    {
        await using var witness = await WitnessHost.StartAsync(Folder);
        await witness.AddAsync(await Log.RequestAsync(0, 7));

        var answer = await witness.AddAsync(await Log.RequestAsync(oldSize, 9));

        Assert.Equal((HttpStatusCode.Conflict, "7\n", "text/x.tlog.size"), (answer.Status, answer.Body, answer.MediaType));
        Assert.Equal(await Log.CheckpointAsync(7), await HeldAsync(witness), Same);
        Assert.Empty(witness.Evidence("*"));
    }

    [Fact]
    public async Task Add_Rollback_IsToldTheSizeHeldAndChangesNothing()
    {
        await using var witness = await WitnessHost.StartAsync(Folder);
        await witness.AddAsync(await Log.RequestAsync(0, 20));

        Assert.Equal(HttpStatusCode.Conflict, (await witness.AddAsync(await Log.RequestAsync(0, 12))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await witness.AddAsync(await Log.RequestAsync(12, 12))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await witness.AddAsync((await Log.RequestAsync(12, 12)).Replace("old 12", "old 20", StringComparison.Ordinal))).Status);
        Assert.Equal(await Log.CheckpointAsync(20), await HeldAsync(witness), Same);
    }

    [Theory]
    [InlineData(10, HttpStatusCode.UnprocessableEntity)]
    [InlineData(0, HttpStatusCode.Conflict)]
    public async Task Add_OtherRootOfTheSizeHeld_IsRefusedAndKeptAsEvidence(int oldSize, HttpStatusCode expected)
    {
        await using var witness = await WitnessHost.StartAsync(Folder);
        await witness.AddAsync(await Log.RequestAsync(0, 10));

        Assert.Equal(expected, (await witness.AddAsync(await Fork.RequestAsync(oldSize, 10))).Status);
        Assert.Equal(expected, (await witness.AddAsync(await Fork.RequestAsync(oldSize, 10))).Status);

        using var evidence = JsonDocument.Parse(await File.ReadAllTextAsync(Assert.Single(witness.Evidence("fork"))));
        var key = NoteVerifier.Parse(Log.VerifierKey);
        var held = Checkpoint.Open(evidence.RootElement.GetProperty("heldCheckpoint").GetString()!, key);
        var refused = Checkpoint.Open(evidence.RootElement.GetProperty("refusedCheckpoint").GetString()!, key);
        Assert.Equal(held.Size, refused.Size);
        Assert.NotEqual(held.Root, refused.Root);
        Assert.Equal(await Log.CheckpointAsync(10), await HeldAsync(witness), Same);
    }

    [Fact]
    public async Task Add_GrownFork_IsRefusedAndKept()
    {
        await using var witness = await WitnessHost.StartAsync(Folder);
        await witness.AddAsync(await Log.RequestAsync(0, 10));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await witness.AddAsync(await Fork.RequestAsync(10, 20))).Status);

        Assert.Single(witness.Evidence("unproven"));
        witness.Cosigned(await witness.AddAsync(await Log.RequestAsync(10, 20)), await Log.CheckpointAsync(20));
    }

    [Fact]
    public async Task Add_ProofWhereNoneBelongs_IsRefused()
    {
        await using var witness = await WitnessHost.StartAsync(Folder);
        var line = Hash256.OfSha256("any"u8).ToBase64() + "\n";

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await witness.AddAsync((await Log.RequestAsync(0, 4)).Insert("old 0\n".Length, line))).Status);
        await witness.AddAsync(await Log.RequestAsync(0, 4));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await witness.AddAsync((await Log.RequestAsync(4, 4)).Insert("old 4\n".Length, line))).Status);
        Assert.Empty(witness.Evidence("*"));
    }

    [Fact]
    public async Task Add_EmptyTreeOfAnotherRoot_IsRefused()
    {
        await using var witness = await WitnessHost.StartAsync(Folder);
        using var signer = new NoteSigner(Log.Origin, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        var note = SignedNote.Sign(new Checkpoint(Log.Origin, 0, Hash256.OfSha256("other"u8)).Write(), signer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await witness.AddAsync(AddCheckpointRequest.Create(0, [], note).Write())).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await witness.Client.GetAsync(PathOf(Log))).StatusCode);
    }

    [Fact]
    public async Task Add_SignatureThatIsNotTheLogs_IsForbidden()
    {
        await using var witness = await WitnessHost.StartAsync(Folder);
        using var stranger = new NoteSigner(Log.Origin, new byte[32]);
        var good = await Log.CheckpointAsync(4);
        var bad = good.Signatures[0] with { Signature = new byte[64] };

        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(SignedNote.Sign(good.Text, stranger)));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(good.With(bad)));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(good.WithOnly(bad)));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(good.With(stranger.Sign(good.Text))));
        Assert.Equal([Log.Origin, WitnessHost.Name], (await HeldAsync(witness)).Signatures.Select(s => s.Name));

        async Task<HttpStatusCode> SendAsync(SignedNote note) => (await witness.AddAsync(AddCheckpointRequest.Create(0, [], note).Write())).Status;
    }

    [Fact]
    public async Task Add_MalformedOversizeOrUnknown_IsRefused()
    {
        await using var witness = await WitnessHost.StartAsync(Folder);
        using var other = await SampleLog.CreateAsync("other.example");

        Assert.Equal(HttpStatusCode.BadRequest, (await witness.AddAsync("")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await witness.AddAsync("hello")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await witness.AddAsync((await Log.RequestAsync(0, 4)).Replace("old 0", "old 5", StringComparison.Ordinal))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await witness.AddAsync(new string('x', WitnessServer.MaxBody + 1))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await witness.AddAsync(await other.RequestAsync(0, 4))).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await witness.Client.GetAsync(new Uri("add-checkpoint", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Get_LatestCheckpoint_BearsBothSignatures()
    {
        await using var witness = await WitnessHost.StartAsync(Folder);
        Assert.Equal(HttpStatusCode.NotFound, (await witness.Client.GetAsync(PathOf(Log))).StatusCode);
        await witness.AddAsync(await Log.RequestAsync(0, 4));
        await witness.AddAsync(await Log.RequestAsync(4, 9));

        var held = await HeldAsync(witness);

        Assert.True(held.IsSignedBy(NoteVerifier.Parse(Log.VerifierKey)));
        Assert.NotNull(witness.Key.Find(held));
        Assert.Equal(9, Checkpoint.Parse(held.Text).Size);
    }

    [Fact]
    public async Task List_ThatChanges_IsReadAgainAndABrokenOneIsNotTaken()
    {
        using var other = await SampleLog.CreateAsync("other.example");
        await using var witness = await WitnessHost.StartAsync(Folder);
        Assert.Equal(HttpStatusCode.NotFound, (await witness.AddAsync(await other.RequestAsync(0, 4))).Status);

        Serve(Log, other);
        Assert.Equal(HttpStatusCode.OK, (await witness.AddAsync(await other.RequestAsync(0, 4))).Status);

        await File.WriteAllTextAsync(ListFile, "no key\n");
        Assert.Equal(HttpStatusCode.OK, (await witness.AddAsync(await other.RequestAsync(4, 5))).Status);

        Serve(Log);
        Assert.Equal(HttpStatusCode.NotFound, (await witness.AddAsync(await other.RequestAsync(5, 6))).Status);
        Assert.Equal(HttpStatusCode.OK, (await witness.AddAsync(await Log.RequestAsync(0, 6))).Status);
    }

    [Fact]
    public async Task List_ThatCannotBeReadOnce_IsReadAgain()
    {
        using var other = await SampleLog.CreateAsync("other.example");
        await using var witness = await WitnessHost.StartAsync(Folder);
        await using (var held = new FileStream(ListFile, FileMode.Truncate, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            await held.WriteAsync(Encoding.UTF8.GetBytes($"{Log.VerifierKey}\n{other.VerifierKey}\n"));

            // Whoever holds it keeps others from reading; the last good list stays in force.
            Assert.Equal(HttpStatusCode.NotFound, (await witness.AddAsync(await other.RequestAsync(0, 4))).Status);
            Assert.Equal(HttpStatusCode.OK, (await witness.AddAsync(await Log.RequestAsync(0, 4))).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await witness.AddAsync(await other.RequestAsync(0, 4))).Status);
    }

    [Fact]
    public async Task Rate_OfOneClient_IsLimited()
    {
        await using var witness = await WitnessHost.StartAsync(Folder, rate: 1);
        var statuses = new List<HttpStatusCode>();
        while (!statuses.Contains(HttpStatusCode.TooManyRequests) && statuses.Count < 1000)
        {
            statuses.Add((await witness.AddAsync("hello")).Status);
        }

        Assert.Contains(HttpStatusCode.BadRequest, statuses);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    [Fact]
    public async Task Add_TwoHistoriesAtOnce_CosignsOneOfThem()
    {
        await using var witness = await WitnessHost.StartAsync(Folder);
        await witness.AddAsync(await Log.RequestAsync(0, 8));

        // Both histories start the same, and race for each size that follows.
        var roots = new Dictionary<long, HashSet<string>>();
        for (var size = 9; size <= 40; size++)
        {
            var requests = new[] { Log, Fork }.SelectMany(history => Enumerable.Repeat(history, 4)).Select(async history =>
            {
                var answer = await witness.AddAsync(await history.RequestAsync(size - 1, size));
                return answer.Status == HttpStatusCode.OK ? (await history.CheckpointAsync(size)).Text : null;
            });
            roots[size] = [.. (await Task.WhenAll(requests)).OfType<string>()];
        }

        Assert.All(roots.Values, texts => Assert.Single(texts));
    }

    private static Uri PathOf(SampleLog log) => new($"{Hash256.OfSha256(Encoding.UTF8.GetBytes(log.Origin))}/checkpoint", UriKind.Relative);

    private static bool Same(SignedNote one, SignedNote other) => one.Text == other.Text;

    private async Task<SignedNote> HeldAsync(WitnessHost witness) => SignedNote.Parse(await witness.Client.GetStringAsync(PathOf(Log)));
}
