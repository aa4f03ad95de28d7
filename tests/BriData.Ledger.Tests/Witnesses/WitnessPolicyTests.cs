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

    private WitnessGroup Group(string name, int quorum, params int[] members) =>
        new(name, [.. members.Select(i => new Witness(CosignatureVerifier.Parse(_signers[i].VerifierKey), new Uri($"https://w{i}.example")))], quorum);

    private SignedNote By(params int[] signers) => _checkpoint.With(signers.Select(i => _signers[i].Sign(_checkpoint.Text, 1000 + i)));
}
