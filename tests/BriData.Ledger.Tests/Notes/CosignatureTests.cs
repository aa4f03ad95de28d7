using System.Text;
using BriData.Ledger.Notes;
using CsCheck;

namespace BriData.Ledger.Tests.Notes;

/// <summary>Golden files are made by a separate program (Python: hashlib, cryptography) from the published format.</summary>
public sealed class CosignatureTests : IDisposable
{
    private const string Name = "witness.example/kz";
    private const long Time = 1_679_315_147;

    private readonly CosignatureSigner _signer = new(Name, [.. Enumerable.Range(32, 32).Select(i => (byte)i)]);

    private static string Golden => GoldenFiles.Text("cosigned-checkpoint.txt");

    private CosignatureVerifier Verifier => CosignatureVerifier.Parse(_signer.VerifierKey);

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void Sign_GoldenCheckpoint_GivesTheGoldenBytes()
    {
        var note = SignedNote.Parse(GoldenFiles.Text("checkpoint.txt"));

        Assert.Equal(GoldenFiles.Text("witness-vkey.txt"), _signer.VerifierKey + "\n");
        Assert.Equal(Golden, note.With(_signer.Sign(note.Text, Time)).Write());
    }

    [Fact]
    public void Verify_GoldenCheckpoint_TellsTheTime()
    {
        var note = SignedNote.Parse(Golden);

        var found = CosignatureVerifier.Parse(GoldenFiles.Text("witness-vkey.txt").TrimEnd('\n')).Find(note);

        Assert.Equal(Name, found!.Name);
        Assert.True(Verifier.Verify(note.Text, found, out var time));
        Assert.Equal(Time, time);
        Assert.True(note.IsSignedBy(NoteVerifier.Parse(GoldenFiles.Text("vkey.txt").TrimEnd('\n'))));
    }

    [Fact]
    public void SpecExample_IsReadAndItsCosignatureIsOfThePublishedTime()
    {
        // C2SP tlog-cosignature, first example; the time is that of its section on the signed message (2023-03-20).
        const string spec = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
            + "\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
            + "\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

        var note = SignedNote.Parse(spec);

        Assert.Equal(spec, note.Write());
        Assert.True(Cosignature.TrySplit(note.Signatures[1].Signature.Span, out var time, out var signature));
        Assert.Equal((Time, 64), (time, signature.Length));
    }

    [Fact]
    public void Verify_AnyFlippedBit_IsRefused()
    {
        var (bytes, verifier, golden) = (Encoding.UTF8.GetBytes(Golden), Verifier, SignedNote.Parse(Golden));
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Int[0, 7]).Sample(
            (at, bit) =>
            {
                var altered = (byte[])bytes.Clone();
                altered[at] ^= (byte)(1 << bit);
                SignedNote note;
                try
                {
                    note = SignedNote.Parse(altered);
                }
                catch (FormatException)
                {
                    return true; // Refused before any signature is looked at.
                }

                // The log's own line is not what the witness signed.
                var untouched = note.Text == golden.Text && note.Signatures[^1].ToLine() == golden.Signatures[^1].ToLine();
                return (verifier.Find(note) is not null) == untouched;
            },
            iter: 4000);
    }

    [Fact]
    public void Verify_AnyCheckpointAndTime_HoldsForItAlone() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Byte.Array[Hash256.ByteCount], Gen.Long[1, long.MaxValue]).Sample((size, root, time) =>
        {
            var text = new Checkpoint("log.example", size, Hash256.FromBytes(root)).Write();
            var other = new Checkpoint("log.example", size + 1, Hash256.FromBytes(root)).Write();
            var signature = _signer.Sign(text, time);
            return Verifier.Verify(text, signature, out var told) && told == time && !Verifier.Verify(other, signature, out _);
        });

    [Fact]
    public void Sign_WhatIsNoCheckpoint_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => _signer.Sign("any text\n", Time));
        Assert.Throws<ArgumentOutOfRangeException>(() => _signer.Sign(SignedNote.Parse(Golden).Text, 0));
        Assert.Throws<ArgumentException>(() => new CosignatureSigner("a b", new byte[32]));
        Assert.Throws<ArgumentException>(() => new CosignatureSigner("a", new byte[31]));
    }

    [Fact]
    public void Keys_OfLogAndWitness_AreNotTakenForEachOther()
    {
        var seed = NoteSigner.GenerateSeed();
        using var log = new NoteSigner("same.example", seed);
        using var witness = new CosignatureSigner("same.example", seed);
        var note = SignedNote.Sign(SignedNote.Parse(Golden).Text, log);

        Assert.NotEqual(log.KeyId, witness.KeyId);
        Assert.False(CosignatureVerifier.TryParse(log.VerifierKey, out _));
        Assert.False(NoteVerifier.TryParse(witness.VerifierKey, out _));
        Assert.Null(CosignatureVerifier.Parse(witness.VerifierKey).Find(note));
        Assert.False(SignedNote.Parse(Golden).IsSignedBy(NoteVerifier.Parse(log.VerifierKey)));
    }

    [Fact]
    public void Find_SeveralOfOneWitness_TakesTheLatestUnlessOneIsBad()
    {
        var note = SignedNote.Parse(Golden);
        var (early, late) = (_signer.Sign(note.Text, Time - 5), _signer.Sign(note.Text, Time + 5));
        var bad = late with { Signature = new byte[Cosignature.Length] };

        Assert.Equal(late.ToLine(), Verifier.Find(note.With(late, early))!.ToLine());
        Assert.Null(Verifier.Find(note.With(late, bad)));
        Assert.NotNull(Verifier.Find(note.With(bad with { KeyId = 1 })));
    }

    [Fact]
    public void HasKeyOf_OtherNameSameKey_IsOneWitness()
    {
        var seed = NoteSigner.GenerateSeed();
        using var one = new CosignatureSigner("a", seed);
        using var two = new CosignatureSigner("b", seed);

        Assert.True(CosignatureVerifier.Parse(one.VerifierKey).HasKeyOf(CosignatureVerifier.Parse(two.VerifierKey)));
        Assert.False(CosignatureVerifier.Parse(one.VerifierKey).HasKeyOf(Verifier));
    }
}
