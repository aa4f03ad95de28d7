using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;

namespace BriData.Ledger.Tests.Mirroring;

/// <summary>What a mirror does not take, and that it keeps what it held.</summary>
public sealed class LedgerMirrorRefusalTests
{
    [Theory]
    [InlineData(300, 0, 300)]
    [InlineData(300, 299, 1)]
    [InlineData(300, 299, 500)]
    [InlineData(512, 256, 700)]
    public async Task Run_AnotherHistoryUnderTheSameKey_IsRefusedAndKeptAsEvidence(int held, int common, int further)
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(held);
        await scene.RunAsync();
        var before = await scene.HeldAsync();
        var fork = await MirrorScene.ForkAsync(common, further);

        var problem = await Assert.ThrowsAsync<MirrorProblemException>(() => scene.RunAsync(from: fork));

        Assert.Contains("two histories", problem.Message, StringComparison.Ordinal);
        var refused = Assert.Single(Directory.GetFiles(scene.PathOf("refused")));
        Assert.Equal(await fork.CheckpointAsync(common + further), await File.ReadAllTextAsync(refused));
        Assert.Equal(before, await scene.HeldAsync());
        File.Delete(refused);
        await scene.AssertMirrorsAsync(held);
    }

    [Fact]
    public async Task Run_AnotherHistoryOfTheSizeHeldWithoutItsTiles_IsRefusedAndKeptAsEvidence()
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(300);
        await scene.RunAsync();
        var fork = await MirrorScene.ForkAsync(100, 200);
        fork.Change = (path, content) => path.StartsWith("tile/", StringComparison.Ordinal) ? null : content;

        var problem = await Assert.ThrowsAsync<MirrorProblemException>(() => scene.RunAsync(from: fork));

        Assert.Contains("two histories", problem.Message, StringComparison.Ordinal);
        var refused = Assert.Single(Directory.GetFiles(scene.PathOf("refused")));
        Assert.Equal(await fork.CheckpointAsync(300), await File.ReadAllTextAsync(refused));
        Assert.Equal(await scene.Published.CheckpointAsync(300), await scene.HeldAsync());
    }

    [Fact]
    public async Task Run_OlderCheckpointThanHeld_IsRefusedAndKeptAsEvidence()
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(300);
        await scene.RunAsync();
        scene.Published.Size = 299;

        var problem = await Assert.ThrowsAsync<MirrorProblemException>(() => scene.RunAsync());

        Assert.Contains("rolled back", problem.Message, StringComparison.Ordinal);
        var refused = Assert.Single(Directory.GetFiles(scene.PathOf("refused")));
        Assert.Equal(await scene.Published.CheckpointAsync(299), await File.ReadAllTextAsync(refused));
        Assert.Equal(await scene.Published.CheckpointAsync(300), await scene.HeldAsync());
    }

    [Fact]
    public async Task Run_WitnessedCheckpointOfAnotherHistory_IsRefused()
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(300);
        var other = System.Text.Encoding.UTF8.GetBytes(await (await MirrorScene.ForkAsync(100, 50)).CheckpointAsync(150));
        scene.Published.Change = (path, content) => path == "checkpoint.witnessed" ? other : content;

        await Assert.ThrowsAsync<MirrorProblemException>(() => scene.RunAsync());

        Assert.False(File.Exists(scene.PathOf("checkpoint")));
        Assert.Single(Directory.GetFiles(scene.PathOf("refused")));
    }

    public static TheoryData<string, int, long?> Flips => new()
    {
        { "checkpoint", 60, null },
        { "checkpoint", 150, null },
        { "tile/0/000", 0, 0 },
        { "tile/0/001", 8_191, 256 },
        { "tile/0/002.p/88", 31, null },
        { "tile/1/000.p/2", 40, null },
        { "tile/entries/000", 10, 0 },
        { "tile/entries/001", 4_000, 377 },
        { "tile/entries/002.p/88", 0, 512 },
        { "tile/entries/002.p/88", 3, 512 },
    };

    [Theory]
    [MemberData(nameof(Flips))]
    public async Task Run_AFlippedByteAnywhere_IsRefusedAndPlaced(string file, int at, long? index)
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(600);
        scene.Published.Change = (path, content) =>
        {
            if (path == file)
            {
                content = [.. content!];
                content[at] ^= 1;
            }

            return content;
        };

        var problem = await Assert.ThrowsAsync<MirrorProblemException>(() => scene.RunAsync());

        Assert.Equal(index, problem.Index);
        Assert.False(File.Exists(scene.PathOf("checkpoint")));
        scene.Published.Change = static (_, content) => content;
        if (file == "checkpoint")
        {
            Assert.Empty(scene.Files);
        }

        await scene.RunAsync();
        await scene.AssertMirrorsAsync(600);
    }

    [Theory]
    [InlineData("tile/0/001")]
    [InlineData("tile/1/000.p/2")]
    [InlineData("tile/entries/001")]
    public async Task Run_ResourceThatIsNotThere_IsRefused(string file)
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(600);
        scene.Published.Change = (path, content) => path == file ? null : content;

        var problem = await Assert.ThrowsAsync<MirrorProblemException>(() => scene.RunAsync());

        Assert.Contains(file, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PartialTilesThatTheLogHasDropped_AreTakenFromTheFullOnes()
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(600);
        var checkpoint = System.Text.Encoding.UTF8.GetBytes(await scene.Published.CheckpointAsync(300));
        scene.Published.Change = (path, content) =>
            path == "checkpoint" ? checkpoint : path is "tile/0/001.p/44" or "tile/entries/001.p/44" ? null : content;

        await scene.RunAsync();

        scene.Published.Change = static (_, content) => content;
        await scene.AssertMirrorsAsync(300);
    }

    [Fact]
    public async Task Run_DocumentThatIsMissingOrAnother_IsRefusedAtItsEntry()
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(300);
        var digest = Hash256.OfSha256("a rule pack"u8);
        var options = new MirrorOptions { DocumentsOf = entry => System.Text.Encoding.UTF8.GetString(entry.Span).Contains("\"n\":271,", StringComparison.Ordinal) ? [digest] : [] };

        Assert.Equal(271, (await Assert.ThrowsAsync<MirrorProblemException>(() => scene.RunAsync(options))).Index);
        scene.Published.Documents[digest] = [1, 2, 3];
        Assert.Equal(271, (await Assert.ThrowsAsync<MirrorProblemException>(() => scene.RunAsync(options))).Index);
    }

    [Fact]
    public async Task Run_AnotherKeyThanPinned_IsRefused()
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(10);
        using var other = CheckpointSigner.Derive([.. Enumerable.Repeat((byte)1, 32)], MirrorScene.Signer.Origin);

        await Assert.ThrowsAsync<MirrorProblemException>(() => scene.RunAsync(new MirrorOptions { Vkey = other.VerifierKey }));
        Assert.Empty(scene.Files);
        await scene.RunAsync(new MirrorOptions { Vkey = MirrorScene.Signer.VerifierKey });
        await Assert.ThrowsAsync<MirrorProblemException>(() => scene.RunAsync(new MirrorOptions { Vkey = other.VerifierKey }));
        await scene.AssertMirrorsAsync(10);
    }

    [Fact]
    public async Task Run_FolderOfAnotherLedger_IsRefused()
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(10);
        await File.WriteAllBytesAsync(scene.PathOf("ledger.json"), new LedgerDescription("agreement/other", MirrorScene.Signer.VerifierKey, null).Write());

        await Assert.ThrowsAsync<MirrorProblemException>(() => scene.RunAsync());
    }

    [Fact]
    public async Task Run_HeldCheckpointThatWasChanged_IsRefused()
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(10);
        await scene.RunAsync();
        await File.WriteAllTextAsync(scene.PathOf("checkpoint"), (await scene.HeldAsync()).Replace("\n10\n", "\n9\n", StringComparison.Ordinal));

        await Assert.ThrowsAsync<MirrorProblemException>(() => scene.RunAsync());
    }
}
