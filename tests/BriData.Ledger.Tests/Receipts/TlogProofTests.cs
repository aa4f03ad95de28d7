using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;
using BriData.Ledger.Receipts;
using BriData.Ledger.Storage;
using BriData.Ledger.Tests.Notes;
using BriData.Testing.Ledger;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Ledger.Tests.Receipts;

public sealed class TlogProofTests
{
    private static readonly NoteVerifier Log = NoteVerifier.Parse(GoldenFiles.Text("vkey.txt").TrimEnd());
    private static readonly string Golden = GoldenFiles.Text("receipt.tlog-proof");

    [Fact]
    public async Task Write_FromALedger_IsTheGoldenFile()
    {
        var store = new InMemoryLedgerStore();
        var head = (await store.FillAsync(SampleLedger, 5)).Head;
        using var signer = CheckpointSigner.Derive(CheckpointTests.MasterSeed, CheckpointTests.Origin);

        var proof = new TlogProof
        {
            Index = 2,
            Path = await ProofBuilder.InclusionAsync(store, SampleLedger, 2, head.Size),
            Checkpoint = signer.Sign(head),
            Extra = "hello"u8.ToArray(),
        };

        Assert.Equal(Golden, proof.Write());
    }

    [Fact]
    public void Golden_IsReadVerifiedAndWrittenBack()
    {
        var proof = TlogProof.Parse(Golden);

        Assert.Equal(2, proof.Index);
        Assert.Equal(3, proof.Path.Length);
        Assert.Equal("hello"u8.ToArray(), proof.Extra?.ToArray());
        Assert.Equal(GoldenFiles.Text("checkpoint.txt"), proof.Checkpoint);
        Assert.Equal(Golden, proof.Write());
        var result = proof.VerifyEntry(Body(2), Log);
        Assert.True(result.IsValid);
        Assert.Equal(5, result.Checkpoint?.Size);
        Assert.True(proof.Verify(MerkleHash.Leaf(Body(2)), Log).IsValid);
    }

    [Fact]
    public void WithoutExtra_IsReadAsNull()
    {
        var proof = TlogProof.Parse(Golden.Replace("extra aGVsbG8=\n", "", StringComparison.Ordinal));

        Assert.Null(proof.Extra);
        Assert.True(proof.VerifyEntry(Body(2), Log).IsValid);
        Assert.DoesNotContain("extra", proof.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnythingElse_DoesNotVerify()
    {
        var proof = TlogProof.Parse(Golden);
        using var stranger = new NoteSigner(CheckpointTests.Origin, new byte[32]);
        using var other = new NoteSigner("other", new byte[32]);
        var forged = SignedNote.Sign(SignedNote.Parse(proof.Checkpoint).Text, stranger).Write();

        TlogProofResult[] results =
        [
            proof.VerifyEntry(Body(3), Log),
            (proof with { Index = 3 }).VerifyEntry(Body(2), Log),
            (proof with { Path = proof.Path.RemoveAt(0) }).VerifyEntry(Body(2), Log),
            (proof with { Path = default }).VerifyEntry(Body(2), Log),
            (proof with { Checkpoint = forged }).VerifyEntry(Body(2), Log),
            (proof with { Checkpoint = "garbage" }).VerifyEntry(Body(2), Log),
            proof.VerifyEntry(Body(2), NoteVerifier.Parse(stranger.VerifierKey)),
            proof.VerifyEntry(Body(2), NoteVerifier.Parse(other.VerifierKey)),
        ];

        Assert.All(results, r => Assert.False(r.IsValid));
        Assert.All(results, r => Assert.Null(r.Checkpoint));
    }

    [Fact]
    public void AnyFlippedBit_IsRefusedOrDoesNotVerify()
    {
        var extra = Golden.IndexOf("aGVsbG8=", StringComparison.Ordinal);
        for (var i = 0; i < Golden.Length; i++)
        {
            // The extra data is by design not authenticated.
            if (i >= extra && i < extra + 8)
            {
                continue;
            }

            var changed = string.Concat(Golden.AsSpan(0, i), ((char)(Golden[i] ^ 1)).ToString(), Golden.AsSpan(i + 1));
            Assert.False(TlogProof.TryParse(changed, out var proof) && proof.VerifyEntry(Body(2), Log).IsValid, $"Character {i}");
        }
    }

    [Theory]
    [InlineData("@v1", "@v2")]
    [InlineData("index 2", "index 02")]
    [InlineData("index 2", "index -2")]
    [InlineData("index 2", "index  2")]
    [InlineData("index 2\n", "")]
    [InlineData("index 2\n", "index 2\nindex 2\n")]
    [InlineData("extra aGVsbG8=", "extra aGVsbG8")]
    [InlineData("extra aGVsbG8=", "extra")]
    [InlineData("extra aGVsbG8=", "Extra aGVsbG8=")]
    [InlineData("z0z8", "z0z")]
    [InlineData("index 2\n", "index 2\n\n")]
    [InlineData("index 2\n", "index 2\r\n")]
    [InlineData("\n\nbridata", "\nbridata")]
    public void Parse_NotAProof_IsRefused(string old, string replacement)
    {
        var changed = Golden.Replace(old, replacement, StringComparison.Ordinal);

        Assert.NotEqual(Golden, changed);
        Assert.Throws<FormatException>(() => TlogProof.Parse(changed));
    }
}
