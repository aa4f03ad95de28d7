using BriData.Ledger.Notes;
using BriData.Ledger.Storage;
using BriData.Testing.Ledger;

namespace BriData.Ledger.Tests.Notes;

/// <summary>Golden files are made by a separate program (Python: hashlib, hmac, cryptography) from the published formats.</summary>
public sealed class CheckpointTests
{
    public const string Origin = "bridata.example/agreement/cn-kz-customs";

    // C2SP tlog-checkpoint, first example.
    private const string SpecText = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    public static byte[] MasterSeed { get; } = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void SpecExample_IsReadAndWrittenBack()
    {
        var checkpoint = Checkpoint.Parse(SpecText);

        Assert.Equal(("example.com/behind-the-sofa", 20_852_163), (checkpoint.Origin, checkpoint.Size));
        Assert.Equal("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", checkpoint.Root.ToBase64());
        Assert.Equal(SpecText, checkpoint.Write());
    }

    [Fact]
    public async Task DerivedSigner_SignsTheGoldenCheckpoint()
    {
        using var signer = CheckpointSigner.Derive(MasterSeed, Origin);
        var head = (await new InMemoryLedgerStore().FillAsync(LedgerSamples.SampleLedger, 2, 3)).Head;

        Assert.Equal(GoldenFiles.Text("vkey.txt"), signer.VerifierKey + "\n");
        Assert.Equal(GoldenFiles.Text("checkpoint.txt"), signer.Sign(head));
        Assert.Equal(new Checkpoint(Origin, 5, head.Root).Write(), Checkpoint.Open(signer.Sign(head), NoteVerifier.Parse(signer.VerifierKey)).Write());
    }

    [Fact]
    public void Derive_OtherOriginOrSeed_GivesAnotherKey()
    {
        using var one = CheckpointSigner.Derive(MasterSeed, "a");
        using var two = CheckpointSigner.Derive(MasterSeed, "b");
        using var three = CheckpointSigner.Derive(new byte[32], "a");

        Assert.Equal(3, new[] { one, two, three }.Select(s => s.VerifierKey.Split('+', 3)[2]).Distinct().Count());
        Assert.Throws<ArgumentException>(() => CheckpointSigner.Derive(new byte[31], "a"));
        Assert.Throws<ArgumentException>(() => CheckpointSigner.Derive(MasterSeed, "a b"));
    }

    [Fact]
    public void Open_OtherKeyOrOrigin_IsRefused()
    {
        using var signer = CheckpointSigner.Derive(MasterSeed, "a");
        using var forger = CheckpointSigner.Derive(new byte[32], "a");
        using var other = new NoteSigner("b", MasterSeed);
        var head = LedgerTree.Empty(LedgerSamples.SampleLedger).Head;
        var key = NoteVerifier.Parse(signer.VerifierKey);

        Assert.Throws<FormatException>(() => Checkpoint.Open(forger.Sign(head), key));
        Assert.Throws<FormatException>(() => Checkpoint.Open(SignedNote.Sign(SpecText, other).Write(), NoteVerifier.Parse(other.VerifierKey)));
        Assert.Equal(0, Checkpoint.Open(signer.Sign(head), key).Size);
    }

    [Fact]
    public void Extensions_AreKept()
    {
        var checkpoint = Checkpoint.Parse(SpecText + "one\ntwo\n");

        Assert.Equal(["one", "two"], checkpoint.Extensions);
        Assert.Equal(SpecText + "one\ntwo\n", checkpoint.Write());
    }

    [Theory]
    [InlineData("")]
    [InlineData("o\n1\n")]
    [InlineData("\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("o\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("o\n+1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("o\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("o\n 1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("o\n9223372036854775808\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")]
    [InlineData("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jx\n")]
    [InlineData("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")]
    [InlineData("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n")]
    [InlineData("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nx\n\ny\n")]
    [InlineData("o\r\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    public void Parse_NotACheckpoint_IsRefused(string text) => Assert.Throws<FormatException>(() => Checkpoint.Parse(text));

    [Fact]
    public void Write_WhatTheFormatCannotCarry_IsRefused()
    {
        var root = Hash256.OfSha256([]);

        Assert.Throws<InvalidOperationException>(() => new Checkpoint("", 1, root).Write());
        Assert.Throws<InvalidOperationException>(() => new Checkpoint("a\nb", 1, root).Write());
        Assert.Throws<InvalidOperationException>(() => new Checkpoint("a", -1, root).Write());
        Assert.Throws<InvalidOperationException>(() => new Checkpoint("a", 1, root) { Extensions = [""] }.Write());
        Assert.Throws<InvalidOperationException>(() => new Checkpoint("a", 1, root) { Extensions = ["x\ny"] }.Write());
    }
}
