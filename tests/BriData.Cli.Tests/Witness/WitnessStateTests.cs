using System.Net;
using BriData.Cli.Platform;
using BriData.Cli.Witness;
using BriData.Ledger.Notes;
using BriData.Ledger.Witnesses;

namespace BriData.Cli.Tests.Witness;

/// <summary>What a witness keeps, and what it does when that is not as it left it.</summary>
public sealed class WitnessStateTests : WitnessScene
{
    private string State => Path.Combine(Folder, "state");

    private string KeyFile => Path.Combine(State, "witness.key");

    [Fact]
    public async Task Restart_RemembersKeyAndCheckpoint()
    {
        var key = await CosignAsync(10);
        await using var again = await WitnessHost.StartAsync(Folder);

        Assert.Equal(key, again.Key.VerifierKey);
        Assert.Equal("10\n", (await again.AddAsync(await Log.RequestAsync(0, 11))).Body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await again.AddAsync(await Fork.RequestAsync(10, 10))).Status);
    }

    [Fact]
    public async Task Restart_AfterASignatureThatWasSentAHundredTimes_HoldsItOnce()
    {
        var note = await Log.CheckpointAsync(10);
        var repeated = note.WithOnly(Enumerable.Repeat(note.Signatures[0], SignedNote.MaxSignatures));
        await using (var witness = await WitnessHost.StartAsync(Folder))
        {
            witness.Cosigned(await witness.AddAsync(AddCheckpointRequest.Create(0, [], repeated).Write()), note);
        }

        await using var again = await WitnessHost.StartAsync(Folder);

        var held = SignedNote.Parse(await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(again.Logs))));
        Assert.Equal([Log.Origin, WitnessHost.Name], held.Signatures.Select(signature => signature.Name));
        again.Cosigned(await again.AddAsync(await Log.RequestAsync(10, 11)), await Log.CheckpointAsync(11));
    }

    [Fact]
    public async Task Restart_AfterAWriteThatWasCutOff_HoldsTheLastWholeState()
    {
        await CosignAsync(10);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(State, "logs")));
        await File.WriteAllTextAsync(file + ".new", (await Fork.CheckpointAsync(20)).Text[..30]);
        await using var again = await WitnessHost.StartAsync(Folder);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await again.AddAsync(await Fork.RequestAsync(10, 20))).Status);
        Assert.Equal(HttpStatusCode.OK, (await again.AddAsync(await Log.RequestAsync(10, 20))).Status);
        Assert.Equal(file, Assert.Single(Directory.GetFiles(Path.Combine(State, "logs"))));
    }

    [Fact]
    public async Task StateThatCannotBeWritten_NothingIsCosigned()
    {
        await using var witness = await WitnessHost.StartAsync(Folder);
        await witness.AddAsync(await Log.RequestAsync(0, 10));
        Directory.Move(witness.Logs, witness.Logs + "-away");

        var answer = await witness.AddAsync(await Log.RequestAsync(10, 20));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.DoesNotContain("\u2014", answer.Body, StringComparison.Ordinal);

        Directory.Move(witness.Logs + "-away", witness.Logs);
        Assert.Equal(HttpStatusCode.OK, (await witness.AddAsync(await Log.RequestAsync(10, 20))).Status);
    }

    [Fact]
    public async Task Start_AnyDamageToTheState_IsRefused()
    {
        await CosignAsync(10);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(State, "logs")));
        var bytes = await File.ReadAllBytesAsync(file);

        // The log's own signature is for others to check; every other byte is under the witness's.
        var text = bytes.AsSpan().IndexOf("\n\n"u8) + 1;
        var own = bytes.AsSpan().LastIndexOf("\u2014 "u8);
        foreach (var at in Enumerable.Range(0, text).Concat(Enumerable.Range(own, bytes.Length - own)))
        {
            bytes[at] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
            Assert.Contains("damaged", (await Assert.ThrowsAsync<CommandException>(() => WitnessHost.StartAsync(Folder))).Message, StringComparison.Ordinal);
            bytes[at] ^= 1;
        }

        await File.WriteAllBytesAsync(file, []);
        await Assert.ThrowsAsync<CommandException>(() => WitnessHost.StartAsync(Folder));

        await File.WriteAllBytesAsync(file, bytes);
        await using var whole = await WitnessHost.StartAsync(Folder);
    }

    [Fact]
    public async Task Start_StateUnderAnotherLogsName_IsRefused()
    {
        await CosignAsync(10);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(State, "logs")));
        File.Move(file, Path.Combine(State, "logs", HeldCheckpoints.NameOf("other.example")));

        await Assert.ThrowsAsync<CommandException>(() => WitnessHost.StartAsync(Folder));
    }

    [Fact]
    public async Task Start_KeyGoneFromUnderItsCheckpoints_IsRefused()
    {
        await CosignAsync(10);
        File.Delete(KeyFile);

        Assert.Contains("missing", (await Assert.ThrowsAsync<CommandException>(() => WitnessHost.StartAsync(Folder))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public async Task Start_CheckpointsGoneFromUnderTheKey_IsRefused()
    {
        await CosignAsync(10);
        var logs = Path.Combine(State, "logs");
        Directory.Move(logs, logs + "-away");

        Assert.Contains("missing", (await Assert.ThrowsAsync<CommandException>(() => WitnessHost.StartAsync(Folder))).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(logs));

        Directory.Move(logs + "-away", logs);
        await using var whole = await WitnessHost.StartAsync(Folder);
        Assert.Equal("10\n", (await whole.AddAsync(await Log.RequestAsync(0, 11))).Body);
    }

    [Fact]
    public async Task Folder_InUse_IsRefusedToASecond()
    {
        await using var first = await WitnessHost.StartAsync(Folder);

        var refused = Assert.Throws<CommandException>(() => WitnessFolder.Open(State, null));

        Assert.Contains("in use", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_OfTheFirstStart_IsKeptPrivateAndStays()
    {
        string key;
        using (var first = WitnessFolder.Open(State, WitnessHost.Name))
        {
            key = first.Signer.VerifierKey;
        }

        using (var second = WitnessFolder.Open(State, null))
        {
            Assert.Equal(key, second.Signer.VerifierKey);
            Assert.Equal(WitnessHost.Name, CosignatureVerifier.Parse(key).Name);
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Contains("not of 'other'", Assert.Throws<CommandException>(() => WitnessFolder.Open(State, "other")).Message, StringComparison.Ordinal);

        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains("0600", Assert.Throws<CommandException>(() => WitnessFolder.Open(State, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_Damaged_IsRefused()
    {
        WitnessFolder.Open(State, WitnessHost.Name).Dispose();
        var text = File.ReadAllText(KeyFile);
        foreach (var damaged in new[] { "", "x" + text, text.Replace("kz", "ky", StringComparison.Ordinal), text[..^8], text.Replace("PRIVATE+KEY+", "", StringComparison.Ordinal) })
        {
            File.WriteAllText(KeyFile, damaged);
            Assert.Throws<CommandException>(() => WitnessFolder.Open(State, null));
        }
    }

    [Fact]
    public void FirstStart_WithoutName_IsRefused() =>
        Assert.Contains("--name", Assert.Throws<CommandException>(() => WitnessFolder.Open(State, null)).Message, StringComparison.Ordinal);

    private async Task<string> CosignAsync(long size)
    {
        await using var witness = await WitnessHost.StartAsync(Folder);
        witness.Cosigned(await witness.AddAsync(await Log.RequestAsync(0, size)), await Log.CheckpointAsync(size));
        return witness.Key.VerifierKey;
    }
}
