using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;
using BriData.Ledger.Verification;
using CsCheck;

namespace BriData.Ledger.Tests.Mirroring;

/// <summary>What a mirror copies, and how it takes up what an earlier run left.</summary>
public sealed class LedgerMirrorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(70_000)]
    public async Task Run_EmptyFolder_HoldsEveryResourceOfTheLog(int size)
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(size);

        var result = await scene.RunAsync();

        Assert.Equal(new MirrorResult("agreement/cn-kz-customs", 0, size), result);
        await scene.AssertMirrorsAsync(size);
        Assert.True(LedgerDescription.TryRead(await File.ReadAllBytesAsync(scene.PathOf("ledger.json")), out var description));
        Assert.Equal(await scene.Published.DescribeAsync(), description);
        Assert.Contains(description.Vkey, await File.ReadAllTextAsync(scene.PathOf("ledger.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AgainAfterAnyGrowth_HoldsExactlyTheNewLog() =>
        await Gen.Int[0, 700].Array[1, 5].SampleAsync(
            async steps =>
            {
                using var scene = new MirrorScene();
                var size = 0L;
                foreach (var step in steps)
                {
                    await scene.GrowAsync(step);
                    var result = await scene.RunAsync();
                    Assert.Equal((size, size + step), (result.Before, result.After));
                    size += step;
                    await scene.AssertMirrorsAsync(size);
                }
            },
            iter: 30,
            threads: 1);

    [Fact]
    public async Task Run_AgainAfterGrowth_AsksOnlyForWhatIsNew()
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(1_000);
        await scene.RunAsync();
        scene.Published.Reads.Clear();
        await scene.GrowAsync(300);

        await scene.RunAsync();

        Assert.Equal(
            [
                "checkpoint", "checkpoint.witnessed",
                "tile/0/003", "tile/0/004", "tile/0/005.p/20", "tile/1/000.p/5",
                "tile/entries/003", "tile/entries/004", "tile/entries/005.p/20",
            ],
            scene.Published.Reads.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_NothingNew_AsksForTheCheckpointsOnly()
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(300);
        await scene.RunAsync();
        scene.Published.Reads.Clear();

        Assert.Equal(300, (await scene.RunAsync()).Before);

        Assert.Equal(["checkpoint", "checkpoint.witnessed"], scene.Published.Reads);
    }

    [Fact]
    public async Task Run_EndedAtAnyRead_LeavesTheOldMirrorAndIsFinishedByTheNext()
    {
        using var whole = new MirrorScene();
        await whole.GrowAsync(300);
        await whole.RunAsync();
        await whole.GrowAsync(700);
        whole.Published.Reads.Clear();
        await whole.RunAsync();
        var reads = whole.Published.Reads.Count;
        Assert.InRange(reads, 10, 100);

        for (var end = 1; end <= reads; end++)
        {
            using var scene = new MirrorScene();
            await scene.GrowAsync(300);
            await scene.RunAsync();
            var before = scene.Files;
            var held = await scene.HeldAsync();
            await scene.GrowAsync(700);
            var left = end;
            scene.Published.Change = (_, content) => Interlocked.Decrement(ref left) >= 0 ? content : throw new LedgerSourceException("The line is cut.");

            if (end < reads)
            {
                await Assert.ThrowsAsync<LedgerSourceException>(() => scene.RunAsync());
                Assert.Equal(held, await scene.HeldAsync());
                Assert.Subset(scene.Files.ToHashSet(), before.ToHashSet());
            }

            scene.Published.Change = static (_, content) => content;
            await scene.RunAsync();
            await scene.AssertMirrorsAsync(1_000);
        }
    }

    [Fact]
    public async Task Run_AfterOneThatWasKilledWhileItWroteAndTidied_IsWhole()
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(600);
        await scene.RunAsync();
        Directory.CreateDirectory(scene.PathOf(".incoming"));
        await File.WriteAllTextAsync(scene.PathOf(".incoming/7"), "half a fi");
        Directory.CreateDirectory(scene.PathOf("tile/0/001.p"));
        await File.WriteAllTextAsync(scene.PathOf("tile/0/001.p/9"), "left over");
        await scene.GrowAsync(600);
        await File.WriteAllTextAsync(scene.PathOf("tile/0/002"), "torn by a bad disk");

        await scene.RunAsync();

        await scene.AssertMirrorsAsync(1_200);
        Assert.Empty(Directory.GetFiles(scene.PathOf(".incoming")));
        Assert.False(Directory.Exists(scene.PathOf("tile/0/001.p")));
    }

    [Theory]
    [InlineData("tile/0/000", 3)]
    [InlineData("tile/entries/001", 77)]
    [InlineData("tile/1/000.p/2", 40)]
    [InlineData("tile/entries/002.p/88", 5)]
    [InlineData("tile/0/001", -1)]
    public async Task Run_Repair_BringsBackWhatWasLost(string file, int flip)
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(600);
        await scene.RunAsync();
        if (flip < 0)
        {
            File.Delete(scene.PathOf(file));
        }
        else
        {
            var bytes = await File.ReadAllBytesAsync(scene.PathOf(file));
            bytes[flip] ^= 1;
            await File.WriteAllBytesAsync(scene.PathOf(file), bytes);
        }

        await scene.RunAsync(new MirrorOptions { Repair = true });

        await scene.AssertMirrorsAsync(600);
    }

    [Fact]
    public async Task Run_Documents_AreCopiedOnce()
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(300);
        var document = "a rule pack"u8.ToArray();
        var digest = Hash256.OfSha256(document);
        scene.Published.Documents[digest] = document;
        var options = new MirrorOptions { DocumentsOf = _ => [digest] };

        await scene.RunAsync(options);
        await scene.GrowAsync(10);
        await scene.RunAsync(options);

        Assert.Equal(document, await File.ReadAllBytesAsync(scene.PathOf($"documents/{digest}")));
        Assert.Single(scene.Published.Reads, path => path == $"documents/{digest}");
    }

    /// <summary>Either checkpoint cannot be written: whichever comes first, what is left is a whole mirror of an earlier state.</summary>
    [Theory]
    [InlineData("checkpoint", 300, 300)]
    [InlineData("checkpoint.witnessed", 900, 300)]
    public async Task Run_EndedBetweenItsLastWrites_LeavesWhatVerifies(string unwritable, long size, long witnessed)
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(300);
        scene.Published.Change = Witnessed(await scene.Published.CheckpointAsync(300));
        await scene.RunAsync();
        await scene.GrowAsync(600);
        var offered = Witnessed(await scene.Published.CheckpointAsync(900));
        scene.Published.Change = (path, content) =>
        {
            // Asked for last: a folder takes the file's place when all has been read and nothing of this is written.
            if (path == LedgerPaths.WitnessedCheckpoint)
            {
                File.Move(scene.PathOf(unwritable), scene.PathOf("aside"));
                Directory.CreateDirectory(scene.PathOf(unwritable));
            }

            return offered(path, content);
        };

        await Assert.ThrowsAnyAsync<Exception>(() => scene.RunAsync());
        Directory.Delete(scene.PathOf(unwritable));
        File.Move(scene.PathOf("aside"), scene.PathOf(unwritable));

        var folder = new FolderLedgerSource(scene.Folder);
        var report = await new SourceVerifier(folder, new SourceVerification()).VerifyAsync(TestContext.Current.CancellationToken);
        Assert.Empty(report.Findings);
        Assert.Equal(size, report.Checkpoint!.Size);
        var note = await folder.ReadNoteAsync(LedgerPaths.WitnessedCheckpoint, TestContext.Current.CancellationToken);
        Assert.Equal(witnessed, Checkpoint.Open(note!, NoteVerifier.Parse(MirrorScene.Signer.VerifierKey)).Size);

        static Func<string, byte[]?, byte[]?> Witnessed(string checkpoint) =>
            (path, content) => path == LedgerPaths.WitnessedCheckpoint ? System.Text.Encoding.UTF8.GetBytes(checkpoint) : content;
    }

    [Fact]
    public async Task Run_OlderWitnessedCheckpointOffered_KeepsTheNewerOne()
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(900);
        foreach (var size in (long[])[600, 300])
        {
            var witnessed = System.Text.Encoding.UTF8.GetBytes(await scene.Published.CheckpointAsync(size));
            scene.Published.Change = (path, content) => path == LedgerPaths.WitnessedCheckpoint ? witnessed : content;
            await scene.RunAsync();
        }

        Assert.Equal(await scene.Published.CheckpointAsync(600), await File.ReadAllTextAsync(scene.PathOf(LedgerPaths.WitnessedCheckpoint), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_WitnessedCheckpoint_IsKeptBesideTheNewest()
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(900);
        foreach (var size in (long[])[0, 255, 512, 899, 900])
        {
            var witnessed = System.Text.Encoding.UTF8.GetBytes(await scene.Published.CheckpointAsync(size));
            scene.Published.Change = (path, content) => path == "checkpoint.witnessed" ? witnessed : content;

            await scene.RunAsync();

            Assert.Equal(witnessed, await File.ReadAllBytesAsync(scene.PathOf("checkpoint.witnessed")));
            await scene.AssertMirrorsAsync(900, "checkpoint.witnessed");
        }
    }

    [Fact]
    public async Task Run_TwoInOneFolder_TheSecondIsRefused()
    {
        using var scene = new MirrorScene();
        await scene.GrowAsync(10);
        var inside = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        scene.Published.Change = (path, content) =>
        {
            inside.TrySetResult();
            leave.Task.Wait();
            return content;
        };
        var first = Task.Run(() => scene.RunAsync());
        await inside.Task;

        await Assert.ThrowsAsync<IOException>(() => scene.RunAsync());

        leave.SetResult();
        await first;
        await scene.AssertMirrorsAsync(10);
    }
}
