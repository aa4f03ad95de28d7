using System.Text;
using BriData.Ledger.Notes;
using BriData.Ledger.Witnesses;

namespace BriData.Ledger.Tests.Witnesses;

public sealed class AddCheckpointTests
{
    // C2SP tlog-witness, section add-checkpoint, the example body.
    private const string Spec = "old 20852014\n"
        + "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n"
        + "jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n"
        + "5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n"
        + "/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n"
        + "\n"
        + SpecCheckpoint;

    private const string SpecCheckpoint = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        + "\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
        + "\u2014 example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=\n";

    [Fact]
    public void SpecExample_IsReadAndWrittenBack()
    {
        Assert.True(AddCheckpointRequest.TryParse(Encoding.UTF8.GetBytes(Spec), out var request));

        Assert.Equal((20_852_014, 4, 20_852_163), (request.OldSize, request.Proof.Length, request.Checkpoint.Size));
        Assert.Equal("example.com/behind-the-sofa", request.Checkpoint.Origin);
        Assert.Equal(2, request.Note.Signatures.Length);
        Assert.Equal(Spec, request.Write());
        Assert.Equal(Spec, AddCheckpointRequest.Create(request.OldSize, request.Proof, SignedNote.Parse(SpecCheckpoint)).Write());
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 0\n")]
    [InlineData("old 00\n\n" + SpecCheckpoint)]
    [InlineData("old 01\n\n" + SpecCheckpoint)]
    [InlineData("old 0\0\n\n" + SpecCheckpoint)]
    [InlineData("old \u0660\n\n" + SpecCheckpoint)]
    [InlineData("old -1\n\n" + SpecCheckpoint)]
    [InlineData("old  1\n\n" + SpecCheckpoint)]
    [InlineData("old 9223372036854775808\n\n" + SpecCheckpoint)]
    [InlineData("Old 0\n\n" + SpecCheckpoint)]
    [InlineData("size 0\n\n" + SpecCheckpoint)]
    [InlineData("old 0\n" + SpecCheckpoint)]
    [InlineData("old 0\n\n\n" + SpecCheckpoint)]
    [InlineData("old 0\r\n\r\n" + SpecCheckpoint)]
    [InlineData("old 0\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpka==\n\n" + SpecCheckpoint)]
    [InlineData("old 0\nnot base64\n\n" + SpecCheckpoint)]
    [InlineData("old 0\n\n" + SpecCheckpoint + "x")]
    [InlineData("old 0\n\nexample.com\nten\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\u2014 name AAAAAAE=\n")]
    public void Parse_NotARequest_IsRefused(string body)
    {
        Assert.False(AddCheckpointRequest.TryParse(Encoding.UTF8.GetBytes(body), out _));
        Assert.True(AddCheckpointRequest.TryParse(Encoding.UTF8.GetBytes("old 0\n\n" + SpecCheckpoint), out _));
    }

    [Fact]
    public void Parse_NumberOfProofLines_IsBounded()
    {
        static byte[] With(int lines) =>
            Encoding.UTF8.GetBytes("old 1\n" + string.Concat(Enumerable.Repeat("PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n", lines)) + "\n" + SpecCheckpoint);

        Assert.True(AddCheckpointRequest.TryParse(With(AddCheckpointRequest.MaxProof), out _));
        Assert.False(AddCheckpointRequest.TryParse(With(AddCheckpointRequest.MaxProof + 1), out _));
    }

    [Fact]
    public void Parse_NotUtf8_IsRefused() =>
        Assert.False(AddCheckpointRequest.TryParse([.. "old 0\n\n"u8, 0xff, .. Encoding.UTF8.GetBytes(SpecCheckpoint)], out _));

    [Fact]
    public void Lines_AsWritten_AreReadBack()
    {
        var signatures = SignedNote.Parse(SpecCheckpoint).Signatures;

        Assert.True(CosignatureLines.TryParse(CosignatureLines.Write(signatures), out var read));
        Assert.Equal(signatures.Select(s => s.ToLine()), read.Select(s => s.ToLine()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\u2014 name AAAAAAE=")]
    [InlineData("\u2014 name AAAAAAE=\n\n")]
    [InlineData("name AAAAAAE=\n")]
    [InlineData("<html>\n")]
    public void Lines_ThatAreNone_AreRefused(string body)
    {
        Assert.False(CosignatureLines.TryParse(body, out _));
        Assert.True(CosignatureLines.TryParse("\u2014 name AAAAAAE=\n", out _));
    }

    [Theory]
    [InlineData("17\n", 17)]
    [InlineData("0\n", 0)]
    [InlineData("17", null)]
    [InlineData("017\n", null)]
    [InlineData("17\0\n", null)]
    [InlineData("17\n\n", null)]
    [InlineData("", null)]
    [InlineData("\n", null)]
    public void Size_OnlyInItsOneSpelling_IsRead(string body, int? expected)
    {
        var ok = CosignatureLines.TryParseSize(body, out var size);

        Assert.Equal(expected, ok ? (int)size : null);
    }
}
