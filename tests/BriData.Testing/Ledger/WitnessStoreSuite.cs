using BriData.Ledger.Notes;
using BriData.Ledger.Witnesses;
using Xunit;

namespace BriData.Testing.Ledger;

/// <summary>What every <see cref="IWitnessStore"/> does. Derive, and give an empty store for each test.</summary>
public abstract class WitnessStoreSuite
{
    /// <summary>An empty store. The deriving class disposes of it after the test.</summary>
    protected abstract IWitnessStore Create();

    [Fact]
    public void Get_UnknownLedger_IsNothing() => Assert.Same(WitnessedLedger.Nothing, Create().Get(LedgerSamples.SampleLedger));

    [Fact]
    public async Task Put_Known_IsReadBackForItsLedgerAlone()
    {
        var store = Create();

        await store.PutAsync(LedgerSamples.SampleLedger, Known(1));

        AssertSame(Known(1), store.Get(LedgerSamples.SampleLedger));
        Assert.Same(WitnessedLedger.Nothing, store.Get(LedgerSamples.Numbered(1)));
    }

    [Fact]
    public async Task Put_Again_Replaces()
    {
        var store = Create();
        await store.PutAsync(LedgerSamples.SampleLedger, Known(1));

        await store.PutAsync(LedgerSamples.SampleLedger, Known(2));

        AssertSame(Known(2), store.Get(LedgerSamples.SampleLedger));
    }

    [Fact]
    public async Task Put_WithoutCheckpoints_KeepsTheSizes()
    {
        var store = Create();
        var known = Known(3) with { Witnessed = null, Latest = null };

        await store.PutAsync(LedgerSamples.SampleLedger, known);

        AssertSame(known, store.Get(LedgerSamples.SampleLedger));
    }

    protected static WitnessedLedger Known(int number)
    {
        using var signer = new NoteSigner("log.example", new byte[32]);
        var (witnessed, latest) = (Note(number), Note(number + 10));
        return new WitnessedLedger(witnessed, latest, WitnessedLedger.Nothing.Sizes.Add("w.example/1+01020304+BAEB", number).Add("w.example/2+01020304+BAEB", number + 10));

        SignedNote Note(int size) => SignedNote.Sign(new Checkpoint("log.example", size, default).Write(), signer);
    }

    protected static void AssertSame(WitnessedLedger expected, WitnessedLedger actual)
    {
        Assert.Equal(expected.Witnessed?.Write(), actual.Witnessed?.Write());
        Assert.Equal(expected.Latest?.Write(), actual.Latest?.Write());
        Assert.Equal(expected.Sizes, actual.Sizes);
    }
}
