using System.Text;
using BriData.Ledger.Notes;

namespace BriData.Ledger.Tests.Notes;

public sealed class SignedNoteTests
{
    // C2SP signed-note, section "Example".
    private const string SpecKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private const string SpecNote =
        "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    // The published example of golang.org/x/mod/sumdb/note.
    private const string GoText = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string GoKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string GoLine = "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private static readonly byte[] GoSeed = Convert.FromBase64String("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1..];

    [Fact]
    public void SpecExample_VerifiesAndIsWrittenBack()
    {
        var note = SignedNote.Parse(SpecNote);

        Assert.True(note.IsSignedBy(NoteVerifier.Parse(SpecKey)));
        Assert.Equal("This is an example message.\n", note.Text);
        Assert.Equal(SpecNote, note.Write());
        Assert.Equal(SpecNote, SignedNote.Parse(Encoding.UTF8.GetBytes(SpecNote)).Write());
    }

    [Fact]
    public void GoExample_IsSignedToTheSameBytes()
    {
        using var signer = new NoteSigner("PeterNeumann", GoSeed);

        Assert.Equal(GoKey, signer.VerifierKey);
        Assert.Equal(0xc74f20a3, signer.KeyId);
        Assert.Equal(GoText + "\n" + GoLine, SignedNote.Sign(GoText, signer).Write());
    }

    [Fact]
    public void AnyFlippedByte_DoesNotVerify()
    {
        var verifier = NoteVerifier.Parse(SpecKey);
        var bytes = Encoding.UTF8.GetBytes(SpecNote);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            SignedNote? note = null;
            try
            {
                note = SignedNote.Parse(bytes);
            }
            catch (FormatException)
            {
                // Refused before any signature is looked at.
            }

            Assert.False(note?.IsSignedBy(verifier) ?? false);
            bytes[i] ^= 1;
        }

        Assert.True(SignedNote.Parse(bytes).IsSignedBy(verifier));
    }

    [Fact]
    public void UnknownSignatures_AreKeptAndNotTrusted()
    {
        using var witness = new NoteSigner("witness.example", new byte[32]);
        var go = NoteVerifier.Parse(GoKey);
        var note = SignedNote.Parse(GoText + "\n\u2014 stranger AAAAAAE=\n" + GoLine).With(witness.Sign(GoText));

        Assert.Equal(["stranger", "PeterNeumann", "witness.example"], SignedNote.Parse(note.Write()).Signatures.Select(s => s.Name));
        Assert.True(note.IsSignedBy(go));
        Assert.True(note.IsSignedBy(go, NoteVerifier.Parse(witness.VerifierKey)));
        Assert.False(note.IsSignedBy(NoteVerifier.Parse(SpecKey)));
        Assert.False(note.IsSignedBy());
    }

    [Fact]
    public void SameNameOtherKeyId_IsUnknown_SameBothAndBad_RejectsTheNote()
    {
        var go = NoteVerifier.Parse(GoKey);
        var bad = Convert.ToBase64String([0xc7, 0x4f, 0x20, 0xa3, .. new byte[64]]);

        Assert.True(SignedNote.Parse(GoText + "\n" + GoLine + "\u2014 PeterNeumann AAAAAAE=\n").IsSignedBy(go));
        Assert.False(SignedNote.Parse(GoText + "\n" + GoLine + $"\u2014 PeterNeumann {bad}\n").IsSignedBy(go));
    }

    [Fact]
    public void TextWithEmptyLines_IsSplitAtTheLast()
    {
        using var signer = new NoteSigner("a", new byte[32]);

        var note = SignedNote.Parse(SignedNote.Sign("one\n\ntwo\n\n\n", signer).Write());

        Assert.Equal("one\n\ntwo\n\n\n", note.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n\u2014 name AAAAAAE=")]
    [InlineData("text\n\n- name AAAAAAE=\n")]
    [InlineData("text\n\n\u2014 na+me AAAAAAE=\n")]
    [InlineData("text\n\n\u2014 na\u00a0me AAAAAAE=\n")]
    [InlineData("text\n\n\u2014  AAAAAAE=\n")]
    [InlineData("text\n\n\u2014 name AAAAAA==\n")]
    [InlineData("text\n\n\u2014 name AAAAAAE\n")]
    [InlineData("text\n\n\u2014 name AAAAAAF=\n")]
    [InlineData("text\n\n\u2014 name AAAA AAE=\n")]
    [InlineData("te\txt\n\n\u2014 name AAAAAAE=\n")]
    [InlineData("text\r\n\n\u2014 name AAAAAAE=\n")]
    [InlineData("text\n\n\u2014 name AAAAAAE=\njunk\n")]
    public void Parse_NotANote_IsRefused(string text)
    {
        Assert.False(SignedNote.TryParse(text, out _));
        Assert.Throws<FormatException>(() => SignedNote.Parse(text));
        Assert.True(SignedNote.TryParse("text\n\n\u2014 name AAAAAAE=\n", out _));
    }

    [Fact]
    public void Parse_NumberOfSignatures_IsBounded()
    {
        var line = "\u2014 name AAAAAAE=\n";

        Assert.True(SignedNote.TryParse("t\n\n" + string.Concat(Enumerable.Repeat(line, SignedNote.MaxSignatures)), out _));
        Assert.False(SignedNote.TryParse("t\n\n" + string.Concat(Enumerable.Repeat(line, SignedNote.MaxSignatures + 1)), out _));
    }

    [Theory]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U0=")]
    [InlineData("example.com/foo+530d903a")]
    [InlineData("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("")]
    public void ParseKey_NotAVkey_IsRefused(string vkey)
    {
        Assert.Throws<FormatException>(() => NoteVerifier.Parse(vkey));
        Assert.False(NoteVerifier.TryParse(vkey, out _));
    }

    [Fact]
    public void With_MoreThanCanBeReadAgain_IsRefused()
    {
        var one = SignedNote.Parse("t\n\n\u2014 name AAAAAAE=\n");
        var full = one.With(Enumerable.Repeat(one.Signatures[0], SignedNote.MaxSignatures - 1));

        Assert.Equal(SignedNote.MaxSignatures, SignedNote.Parse(full.Write()).Signatures.Length);
        Assert.Throws<ArgumentException>(() => full.With(one.Signatures[0]));
        Assert.Throws<ArgumentException>(() => full.WithOnly([.. full.Signatures, one.Signatures[0]]));
    }

    [Fact]
    public void Signer_BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new NoteSigner("a b", new byte[32]));
        Assert.Throws<ArgumentException>(() => new NoteSigner("a", new byte[31]));
        using var signer = new NoteSigner("a", NoteSigner.GenerateSeed());
        Assert.Throws<ArgumentException>(() => SignedNote.Sign("no newline", signer));
        Assert.Throws<ArgumentException>(() => SignedNote.Sign("tab\t\n", signer));
        Assert.Throws<ArgumentException>(() => SignedNote.Sign("nobody\n"));
    }
}
