using System.Text.Json;
using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Contracts.Ledgers;
using BriData.Grains.Ledgers;
using BriData.Grains.Security;
using BriData.Grains.Tests.Fixtures;
using BriData.Grains.Witnesses;
using BriData.Ledger;
using BriData.Ledger.Notes;
using BriData.Ledger.Receipts;
using BriData.Ledger.Storage;
using BriData.Ledger.Witnesses;
using BriData.Testing.Ledger;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using static BriData.Grains.Tests.Fixtures.TestWitnesses;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Countries;

/// <summary>The witnesses that a country names, and what is shown of their cosignatures.</summary>
[Collection(nameof(PlatformGroup))]
public sealed class WitnessTests(PlatformFixture platform)
{
    private static readonly string One = KeyOf("one.example", 1);
    private static readonly string Two = KeyOf("two.example", 2);

    private static readonly NoteVerifier AnyLogKey = NoteVerifier.Parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");

    [Fact]
    public async Task Put_Witnesses_AreOnTheLedgerAndForEveryoneToRead()
    {
        var (country, operation) = (platform.Grains.GetGrain<ICountryGrain>("SG"), platform.World.Operation());
        var list = List(1, (One, "https://one.example/w"), (Two, "http://127.0.0.1:5090"));

        var first = Ok(await country.PutWitnessesAsync(Admin("SG"), operation, list));
        var again = Ok(await country.PutWitnessesAsync(Admin("SG"), operation, list));

        Assert.Equal(first, again);
        Assert.Equal("country.witnesses.put", (await platform.EntryAsync(first.Receipt)).RootElement.GetProperty("kind").GetString());
        var read = Ok(await country.GetWitnessesAsync());
        Assert.Equal(list.Witnesses, read.List.Witnesses);
        Assert.Equal(1, read.List.Quorum);
        Assert.Equal(first.Version, read.Version);

        Ok(await country.PutWitnessesAsync(Admin("SG"), platform.World.Operation(), List(0)));
        Assert.Empty(Ok(await country.GetWitnessesAsync()).List.Witnesses);
    }

    [Fact]
    public async Task Put_OnWhatAnotherHasReplaced_IsRefused()
    {
        var country = platform.Grains.GetGrain<ICountryGrain>("NG");
        var issuers = Ok(await country.ReadIssuersAsync(Admin("NG")));
        var witnesses = Ok(await country.GetWitnessesAsync());
        Ok(await country.PutIssuersAsync(Admin("NG", "second"), platform.World.Operation(), issuers.List, issuers.Version));
        Ok(await country.PutWitnessesAsync(Admin("NG", "second"), platform.World.Operation(), witnesses.List, witnesses.Version));

        var staleIssuers = await country.PutIssuersAsync(Admin("NG"), platform.World.Operation(), issuers.List, issuers.Version);
        var staleWitnesses = await country.PutWitnessesAsync(Admin("NG"), platform.World.Operation(), witnesses.List, witnesses.Version);

        Assert.Equal(ErrorCodes.PreconditionFailed, staleIssuers.Refusal?.Code);
        Assert.Equal(ErrorCodes.PreconditionFailed, staleWitnesses.Refusal?.Code);
        Assert.Equal(issuers.Version + 1, Ok(await country.ReadIssuersAsync(Admin("NG"))).Version);
        Assert.Equal(witnesses.Version + 1, Ok(await country.GetWitnessesAsync()).Version);
        Assert.Equal(ErrorCodes.RoleMissing, (await country.ReadIssuersAsync(Auditor("NG"))).Refusal?.Code);
    }

    public static TheoryData<string, int, string[]> Faulty => new()
    {
        { "not a vkey", 1, ["one", "https://one.example"] },
        { "the key of a log", 1, [AnyLogKey.VerifierKey, "https://one.example"] },
        { "no https", 1, [One, "http://one.example"] },
        { "no address", 1, [One, "one.example"] },
        { "with a user", 1, [One, "https://me@one.example"] },
        { "with a query", 1, [One, "https://one.example/?a=b"] },
        { "too long", 1, [One, "https://one.example/" + new string('a', 500)] },
        { "twice", 1, [One, "https://one.example", One, "https://two.example"] },
        { "one key, two names", 1, [One, "https://one.example", KeyOf("other.example", 1), "https://two.example"] },
        { "one name, two keys", 1, [One, "https://one.example", KeyOf("one.example", 3), "https://two.example"] },
        { "quorum too large", 2, [One, "https://one.example"] },
        { "quorum below zero", -1, [One, "https://one.example"] },
        { "quorum of nobody", 1, [] },
        { "too many", 1, [.. Enumerable.Range(1, 17).SelectMany(i => new[] { KeyOf($"w{i}.example", (byte)i), "https://w.example" })] },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task Put_NotInOrder_IsRefused(string what, int quorum, string[] witnesses)
    {
        var list = new WitnessList([.. witnesses.Chunk(2).Select(w => new WitnessRegistration(w[0], w[1]))], quorum);

        var reply = await platform.Grains.GetGrain<ICountryGrain>("SG").PutWitnessesAsync(Admin("SG"), platform.World.Operation(), list);

        Assert.True(reply.Refusal?.Code == ErrorCodes.InvalidField, what);
    }

    [Fact]
    public async Task Put_ByWhoMayNot_IsRefused()
    {
        var country = platform.Grains.GetGrain<ICountryGrain>("SG");
        var list = List(1, (One, "https://one.example"));

        Assert.Equal(ErrorCodes.NotYourCountry, (await country.PutWitnessesAsync(Admin("CN"), platform.World.Operation(), list)).Refusal?.Code);
        Assert.Equal(ErrorCodes.RoleMissing, (await country.PutWitnessesAsync(Auditor("SG"), platform.World.Operation(), list)).Refusal?.Code);
        Assert.Equal(ErrorCodes.UnknownCountry, (await platform.Grains.GetGrain<ICountryGrain>("XX").GetWitnessesAsync()).Refusal?.Code);
    }

    [Fact]
    public async Task Policies_OfAnAgreement_AreThoseOfEveryPartyThatNamesWitnesses()
    {
        var policies = Policies(platform.Store);
        var agreement = await platform.World.AgreementAsync();
        var ledger = LedgerId.Parse("agreement/" + agreement.GetPrimaryKeyString());
        await platform.NameWitnessesAsync("CN", List(1, (One, "https://one.example")));
        Assert.Equal(["CN"], (await policies.CurrentAsync())[ledger].Groups.Select(g => g.Name));

        await platform.NameWitnessesAsync("KZ", List(1, (One, "https://one.example"), (Two, "https://two.example/w")));

        var current = await policies.CurrentAsync();
        Assert.Equal([("CN", 1, 1), ("KZ", 2, 1)], current[ledger].Groups.Select(g => (g.Name, g.Members.Length, g.Quorum)));
        Assert.Equal(["one.example", "two.example"], current[ledger].Witnesses.Select(w => w.Key.Name));
        Assert.Equal(["CN"], current[LedgerId.Parse("agency/CN.customs")].Groups.Select(g => g.Name));
        Assert.Equal(["KZ"], current[LedgerId.Parse("country/KZ")].Groups.Select(g => g.Name));

        var told = await ContextsAsync(ledger);
        Assert.Equal(2, told["KZ"].GetProperty("witnesses").GetProperty("witnesses").GetArrayLength());

        await platform.NameWitnessesAsync("KZ", List(0));
        await platform.NameWitnessesAsync("CN", List(0));
        Assert.DoesNotContain(ledger, (await policies.CurrentAsync()).Keys);
    }

    [Fact]
    public async Task Policies_WhileOneCountrysLedgerIsDamaged_AreThoseOfTheOthers()
    {
        var policies = Policies(new BrokenLedgerStore(platform.Store, LedgerId.Parse("country/CN")));
        var agreement = LedgerId.Parse("agreement/" + (await platform.World.AgreementAsync()).GetPrimaryKeyString());
        foreach (var list in new[] { List(1, (One, "https://one.example")), List(2, (One, "https://one.example"), (Two, "https://two.example")) })
        {
            await platform.NameWitnessesAsync("KZ", list);

            var current = await policies.CurrentAsync();

            Assert.Equal(list.Quorum, current[LedgerId.Parse("country/KZ")].Groups.Single().Quorum);
            Assert.Equal(["KZ"], current[agreement].Groups.Select(g => g.Name));
        }

        await platform.NameWitnessesAsync("KZ", List(0));
    }

    [Fact]
    public async Task Policies_WhileALedgerIsDamaged_SaySoOnceAndWhenItIsOver()
    {
        var log = new KeptLog<CountryWitnessPolicies>();
        var policies = new CountryWitnessPolicies(new BrokenLedgerStore(platform.Store, LedgerId.Parse("country/CN")) { Failures = 3 }, new TestFounding(), log);
        for (var i = 0; i < 3; i++)
        {
            await policies.CurrentAsync();
        }

        Assert.Equal([LogLevel.Error], log.Lines.Select(l => l.Level));

        await policies.CurrentAsync();
        await policies.CurrentAsync();

        Assert.Equal([LogLevel.Error, LogLevel.Information], log.Lines.Select(l => l.Level));
    }

    [Fact]
    public async Task Policies_WhenALaterCountryFailsOnce_HaveWhatChangedBeforeIt()
    {
        var policies = Policies(new BrokenLedgerStore(platform.Store, LedgerId.Parse("country/SG")) { Failures = 1 });
        await platform.NameWitnessesAsync("KZ", List(1, (One, "https://one.example")));
        await platform.NameWitnessesAsync("SG", List(1, (Two, "https://two.example")));

        var first = await policies.CurrentAsync();
        Assert.Equal("KZ", first[LedgerId.Parse("country/KZ")].Groups.Single().Name);
        Assert.DoesNotContain(LedgerId.Parse("country/SG"), first.Keys);

        var second = await policies.CurrentAsync();
        Assert.Equal("KZ", second[LedgerId.Parse("country/KZ")].Groups.Single().Name);
        Assert.Equal("SG", second[LedgerId.Parse("country/SG")].Groups.Single().Name);
        await platform.NameWitnessesAsync("KZ", List(0));
        await platform.NameWitnessesAsync("SG", List(0));
    }

    [Fact]
    public async Task Checkpoint_WithCosignatures_IsServedWhereItBelongs()
    {
        var agreement = await platform.World.AgreementAsync();
        var id = "agreement/" + agreement.GetPrimaryKeyString();
        var (ledger, ledgers) = (LedgerId.Parse(id), platform.Grains.GetGrain<ILedgerGrain>(0));
        using var signer = Signer("one.example", 1);
        var witness = CosignatureVerifier.Parse(signer.VerifierKey);
        Assert.Equal(ErrorCodes.NotWitnessed, (await ledgers.GetWitnessedCheckpointAsync(Auditor("CN"), id)).Refusal?.Code);

        var first = Ok(await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement)));
        var cosigned = SignedNote.Parse(Ok(await ledgers.GetCheckpointAsync(Auditor("CN"), id)));
        cosigned = cosigned.With(signer.Sign(cosigned.Text, 1_800_000_000));
        await platform.Witnesses.PutAsync(ledger, new WitnessedLedger(cosigned, cosigned, WitnessedLedger.Nothing.Sizes));

        Assert.Equal(cosigned.Write(), Ok(await ledgers.GetCheckpointAsync(Auditor("KZ"), id)));
        Assert.Equal(cosigned.Write(), Ok(await ledgers.GetWitnessedCheckpointAsync(Auditor("KZ"), id)));

        // The ledger grows past it: the head is not cosigned, receipts of what is covered are.
        var second = Ok(await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement)));
        var head = SignedNote.Parse(Ok(await ledgers.GetCheckpointAsync(Auditor("KZ"), id)));
        Assert.Null(witness.Find(head));
        Assert.Equal(cosigned.Write(), Ok(await ledgers.GetWitnessedCheckpointAsync(Auditor("KZ"), id)));
        await ReceiptAsync(first.Id, first.Receipt, cosigned.Text);
        await ReceiptAsync(second.Id, second.Receipt, head.Text);

        async Task ReceiptAsync(string transfer, ReceiptReference receipt, string expected)
        {
            var proof = TlogProof.Parse(Ok(await ledgers.GetReceiptAsync(Officer("KZ/customs"), transfer)));
            var entry = await platform.StoredAsync(receipt);
            Assert.True(proof.VerifyEntry(entry.Body.Span, LogKey(ledger)).IsValid);
            Assert.Equal(expected, SignedNote.Parse(proof.Checkpoint).Text);
        }
    }

    [Fact]
    public async Task Witnessed_TreeThatTheLedgerDoesNotHold_IsNotServed()
    {
        var agreement = await platform.World.AgreementAsync();
        var id = "agreement/" + agreement.GetPrimaryKeyString();
        var (ledger, ledgers) = (LedgerId.Parse(id), platform.Grains.GetGrain<ILedgerGrain>(0));
        using var signer = Signer("one.example", 1);
        var head = SignedNote.Parse(Ok(await ledgers.GetCheckpointAsync(Auditor("CN"), id)));
        var checkpoint = Checkpoint.Parse(head.Text);
        var transfer = Ok(await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement)));
        foreach (var other in new[] { checkpoint with { Size = checkpoint.Size + 100 }, checkpoint with { Root = Hash256.OfSha256("other"u8) } })
        {
            using var any = new NoteSigner(other.Origin, new byte[32]);
            var note = SignedNote.Sign(other.Write(), any);
            await platform.Witnesses.PutAsync(ledger, new WitnessedLedger(note, note, WitnessedLedger.Nothing.Sizes));

            Assert.Equal(ErrorCodes.NotWitnessed, (await ledgers.GetWitnessedCheckpointAsync(Auditor("CN"), id)).Refusal?.Code);
            var proof = TlogProof.Parse(Ok(await ledgers.GetReceiptAsync(Officer("KZ/customs"), transfer.Id)));
            Assert.True(proof.VerifyEntry((await platform.StoredAsync(transfer.Receipt)).Body.Span, LogKey(ledger)).IsValid);
        }
    }

    private static CountryWitnessPolicies Policies(ILedgerStore store) => new(store, new TestFounding(), NullLogger<CountryWitnessPolicies>.Instance);

    private static NoteVerifier LogKey(LedgerId ledger) =>
        NoteVerifier.Parse(new CheckpointSigners(new PlatformKeys(new byte[32]), Options.Create(new BriDataGrainOptions { LogOrigin = PlatformFixture.LogOrigin })).For(ledger).VerifierKey);

    private static WitnessList List(int quorum, params (string Vkey, string Url)[] witnesses) =>
        new([.. witnesses.Select(w => new WitnessRegistration(w.Vkey, w.Url))], quorum);

    /// <summary>The last context of each country on an agreement's ledger.</summary>
    private async Task<Dictionary<string, JsonElement>> ContextsAsync(LedgerId ledger)
    {
        var contexts = new Dictionary<string, JsonElement>();
        await foreach (var entry in platform.Store.ReadAsync(ledger, 0, long.MaxValue))
        {
            var root = JsonElement.Parse(entry.Body.Span);
            if (root.GetProperty("kind").GetString() == "context.country")
            {
                var context = root.GetProperty("data").GetProperty("context");
                contexts[context.GetProperty("country").GetString()!] = context;
            }
        }

        return contexts;
    }
}
