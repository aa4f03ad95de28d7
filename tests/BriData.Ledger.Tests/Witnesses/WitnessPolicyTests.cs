using BriData.Ledger.Notes;
using BriData.Ledger.Witnesses;

namespace BriData.Ledger.Tests.Witnesses;

public sealed class WitnessPolicyTests : IDisposable
{
    private readonly CosignatureSigner[] _signers = [.. Enumerable.Range(0, 4).Select(i => new CosignatureSigner($"w{i}.example", [.. Enumerable.Repeat((byte)i, 32)]))];

    private readonly SignedNote _checkpoint;

    public WitnessPolicyTests()
    {
        using var log = new NoteSigner("log.example", new byte[32]);
        _checkpoint = SignedNote.Sign(new Checkpoint("log.example", 7, default).Write(), log);
    }

    public void Dispose() => Array.ForEach(_signers, signer => signer.Dispose());

    [Fact]
    public void IsSatisfied_OnlyWhenEveryGroupHasItsQuorum()
    {
        var policy = new WitnessPolicy([Group("CN", 2, 0, 1, 2), Group("KZ", 1, 3)]);

        Assert.False(policy.IsSatisfiedBy(_checkpoint));
        Assert.False(policy.IsSatisfiedBy(By(0, 1, 2)));
        Assert.False(policy.IsSatisfiedBy(By(0, 3)));
        Assert.False(policy.IsSatisfiedBy(By(0).With(By(0).Signatures[1], By(3).Signatures[1])));
        Assert.True(policy.IsSatisfiedBy(By(2, 0, 3)));
    }

    [Fact]
    public void IsSatisfied_BadCosignature_DoesNotCount()
    {
        var bad = By(3).Signatures[1] with { Signature = new byte[72] };

        Assert.False(new WitnessPolicy([Group("KZ", 1, 3)]).IsSatisfiedBy(_checkpoint.With(bad)));
    }

    [Fact]
    public void IsSatisfied_NoWitnesses_ByNothing()
    {
        Assert.True(WitnessPolicy.None.IsEmpty);
        Assert.False(WitnessPolicy.None.IsSatisfiedBy(By(0)));
        Assert.True(new WitnessPolicy([Group("CN", 0, 0)]).IsSatisfiedBy(_checkpoint));
    }

    [Fact]
    public void Witnesses_NamedByTwo_IsAskedOnce() =>
        Assert.Equal(["w0.example", "w1.example"], new WitnessPolicy([Group("CN", 1, 0, 1), Group("KZ", 1, 1)]).Witnesses.Select(w => w.Key.Name));

    [Fact]
    public void Witnesses_OfOneKeyAtTwoAddresses_AreBothAsked()
    {
        var (own, dead) = (Group("KZ", 1, 1), Group("CN", 1, 1));
        dead = dead with { Members = [dead.Members[0] with { Url = new Uri("https://dead.example") }] };

        Assert.Equal(["https://dead.example/", "https://w1.example/"], new WitnessPolicy([dead, own]).Witnesses.Select(w => w.Url.AbsoluteUri));
    }

    [Fact]
    public void Cosigned_FewEnoughForEveryReader_KeepsAllThatThePolicyNamesOnce()
    {
        var policy = new WitnessPolicy([Group("CN", 1, 0, 1, 2)]);
        var all = By(2, 1, 3, 1, 0).Signatures;

        Assert.Equal(["log.example", "w2.example", "w1.example", "w0.example"], policy.Cosigned(_checkpoint, all).Signatures.Select(s => s.Name));
    }

    [Fact]
    public void Cosigned_MoreThanEveryReaderTakes_KeepsWhatQuorumsNeedFirst()
    {
        var signers = Enumerable.Range(0, 40).Select(i => new CosignatureSigner($"m{i}.example", [.. Enumerable.Repeat((byte)(i + 10), 32)])).ToArray();
        Witness[] members = [.. signers.Select(s => new Witness(CosignatureVerifier.Parse(s.VerifierKey), new Uri("https://m.example")))];
        var all = signers.Select(s => s.Sign(_checkpoint.Text, 1000)).Reverse().ToArray();

        // The second group needs 30 to 34, of which 30 to 32 are members of the third, which needs three.
        var few = new WitnessPolicy([new("A", [.. members[..30]], 2), new("B", [.. members[30..]], 5), new("C", [.. members[20..33]], 3)]);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30, 31, 32, 33, 34], Kept(few));
        Assert.True(few.IsSatisfiedBy(few.Cosigned(_checkpoint, all)));
        Assert.Empty(few.Missing(few.Cosigned(_checkpoint, all)));

        var many = new WitnessPolicy([new("A", [.. members[..30]], 20), new("B", [.. members[30..]], 5)]);
        Assert.Equal([.. Enumerable.Range(0, 20), 30, 31, 32, 33, 34], Kept(many));
        Assert.True(many.IsSatisfiedBy(many.Cosigned(_checkpoint, all)));
        Array.ForEach(signers, signer => signer.Dispose());

        IEnumerable<int> Kept(WitnessPolicy policy) =>
            policy.Cosigned(_checkpoint, all).Signatures.Skip(1).Select(s => Array.FindIndex(members, m => m.Key.Claims(s))).Order();
    }

    [Fact]
    public void Missing_OnceAQuorumIsReached_IsWhoHasNotCosignedWhileThereIsRoom() =>
        Assert.Equal(["w1.example", "w3.example"], new WitnessPolicy([Group("CN", 1, 0, 1), Group("KZ", 1, 3)]).Missing(By(0)).Select(w => w.Key.Name));

    private WitnessGroup Group(string name, int quorum, params int[] members) =>
        new(name, [.. members.Select(i => new Witness(CosignatureVerifier.Parse(_signers[i].VerifierKey), new Uri($"https://w{i}.example")))], quorum);

    private SignedNote By(params int[] signers) => _checkpoint.With(signers.Select(i => _signers[i].Sign(_checkpoint.Text, 1000 + i)));
}
