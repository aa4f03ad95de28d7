using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Entries.Agencies;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Entries.Tests.Judging;
using BriData.Entries.Transfers;
using BriData.Ledger;
using BriData.Ledger.Merkle;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;
using BriData.Ledger.Receipts;
using BriData.Testing.Ledger;

namespace BriData.Cli.Tests.Verifying;

public sealed class VerifyTests : IDisposable
{
    private const string Vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private readonly string _root = Directory.CreateTempSubdirectory("bridata-verify-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("agreement", "decisions made again")]
    [InlineData("country", "0 decisions made again")]
    [InlineData("agency", "0 decisions made again")]
    public async Task Verify_HonestMirror_IsInOrder(string kind, string says)
    {
        var folder = await MirrorAsync(await Histories.OfAsync(kind));
        var terminal = new Terminal { Token = null };

        Assert.Equal(ExitCodes.Ok, await terminal.RunAsync("verify", folder));

        Assert.Contains(says, terminal.Output, StringComparison.Ordinal);
        Assert.EndsWith(": in order\n", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_ForgedHistory_NamesTheFirstBadEntry()
    {
        var history = await Histories.AgreementAsync();
        var at = history.Entries.ToList().FindIndex(e => e.Data is TransferApproved);
        var folder = await MirrorAsync(history with { Entries = [.. history.Entries.Select((e, i) => i == at ? e with { By = e.By! with { Officer = "o-KZ/customs-officer" } } : e)] });
        var terminal = new Terminal();

        Assert.Equal(ExitCodes.Found, await terminal.RunAsync("verify", folder));

        Assert.Contains("NOT in order", terminal.Output, StringComparison.Ordinal);
        Assert.Contains($"first: entry {at} (transfer.approved): second_person_needed:", terminal.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, await new Terminal().RunAsync("verify", folder, "--no-replay"));
    }

    [Fact]
    public async Task Verify_ChangedByte_NamesTheResource()
    {
        var folder = await MirrorAsync(await Histories.AgencyAsync());
        var file = Directory.GetFiles(Path.Combine(folder, "tile", "entries", "000.p"))[0];
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^3] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        var terminal = new Terminal();

        Assert.Equal(ExitCodes.Found, await terminal.RunAsync("verify", folder));

        Assert.Contains($"[tile/entries/000.p/{Path.GetFileName(file)}]: entry_changed:", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_FolderOfMirrors_VerifiesAllAndFailsForOne()
    {
        await MirrorAsync(await Histories.AgencyAsync());
        var bad = await MirrorAsync(await Histories.CountryAsync());
        File.Delete(Path.Combine(bad, LedgerPaths.Checkpoint));
        var report = new FileInfo(Path.Combine(_root, "report.json"));
        var terminal = new Terminal();

        Assert.Equal(ExitCodes.Found, await terminal.RunAsync("verify", _root, "--report", report.FullName));

        Assert.Contains("agency/CN.customs: 16 entries", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("checkpoint_missing", terminal.Output, StringComparison.Ordinal);
        var json = JsonElement.Parse(await File.ReadAllBytesAsync(report.FullName, TestContext.Current.CancellationToken));
        Assert.False(json.GetProperty("ok").GetBoolean());
        Assert.Equal("checkpoint_missing", json.GetProperty("ledgers")[1].GetProperty("firstBad").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Verify_MissingDocument_IsFoundAndNamed()
    {
        var folder = await MirrorAsync(await Histories.AgreementAsync());
        Directory.Delete(Path.Combine(folder, "documents"), recursive: true);
        var terminal = new Terminal();

        Assert.Equal(ExitCodes.Found, await terminal.RunAsync("verify", folder));

        Assert.Contains("document_missing", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("decisions could not be made again", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_UnreadableFurtherOn_ReportsBothThatAndWhatWasFoundBefore()
    {
        var history = await Histories.AgreementAsync();
        var at = history.Entries.ToList().FindIndex(e => e.Data is TransferApproved);
        var folder = await MirrorAsync(history with { Entries = [.. history.Entries.Select((e, i) => i == at ? e with { By = e.By! with { Officer = "o-KZ/customs-officer" } } : e)] });
        var document = Path.Combine(folder, LedgerPaths.Document(Hash256.OfSha256(AgreementScript.ReviewingPack.Span)));
        File.Delete(document);
        Directory.CreateDirectory(document);
        var terminal = new Terminal();

        Assert.Equal(ExitCodes.Found, await terminal.RunAsync("verify", folder));

        Assert.Contains($"first: entry {at} (transfer.approved): second_person_needed:", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("cannot be verified to its end", terminal.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agency/CN.customs")]
    [InlineData("access")]
    public async Task Verify_FolderAmongMirrorsWithoutItsDescription_IsNamed(string undescribed)
    {
        await MirrorAsync(await Histories.CountryAsync());
        Directory.CreateDirectory(Path.Combine(_root, undescribed, "tile"));
        var terminal = new Terminal();

        Assert.Equal(ExitCodes.Failed, await terminal.RunAsync("verify", _root));

        Assert.Contains("country/CN: ", terminal.Output, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine(_root, undescribed)} holds no ledger.json", terminal.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_FolderOfMirrorsThatHoldsALedgerItself_VerifiesAll()
    {
        await MirrorAsync(await Histories.AgencyAsync(), name: "");
        var alone = new Terminal();
        Directory.CreateDirectory(Path.Combine(_root, "notes"));
        Assert.True(await alone.RunAsync("verify", _root) == ExitCodes.Ok, alone.Messages);
        Directory.Delete(Path.Combine(_root, "notes"));
        Directory.CreateDirectory(Path.Combine(_root, "refused"));
        await MirrorAsync(await Histories.CountryAsync());
        var terminal = new Terminal();

        Assert.True(await terminal.RunAsync("verify", _root) == ExitCodes.Ok, terminal.Messages);

        Assert.Contains("agency/CN.customs: ", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("country/CN: ", terminal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", null)]
    [InlineData("a foreign key", "which has otherwise: keys.")]
    [InlineData("a suspension hidden", "which has otherwise: suspended.")]
    [InlineData("a data set marked lower", "which has otherwise: CN/customs/declarations.")]
    [InlineData("as of an entry that changed nothing", "which has otherwise: size.")]
    public async Task Verify_ContextsBesideTheirSources_MustBeWhatThoseSay(string forged, string? says)
    {
        var (country, agency) = (await Histories.CountryAsync(), await Histories.AgencyAsync());
        var told = ContextOf(country);
        var dataSets = agency.Entries.Select(e => e.Data).OfType<DataSetPut>().DistinctBy(d => d.Slug).Select(d => new DataSetView($"CN/customs/{d.Slug}", d.Document, 1, null, d.Inherited)).ToImmutableArray();
        var standing = new AgencyContext(AgreementScript.Exporter, 6, ((AgencyPut)agency.Entries[0].Data).Document, true, dataSets);
        using var stranger = BriData.Ledger.Signing.PrivateJwk.Create(BriData.Ledger.Signing.SignatureAlgorithms.EdDsa);
        (told, standing) = forged switch
        {
            "a foreign key" => (told with { Keys = told.Keys!.Value.Add(new SigningKey(stranger.PublicKey.KeyId, new JsonText(stranger.PublicKey.Json), country.Entries[0].At, country.Entries[0].At)) }, standing),
            "a suspension hidden" => (told, standing with { Suspended = false }),
            "a data set marked lower" => (told, standing with { DataSets = [.. dataSets.Select(d => d.Id.EndsWith("/declarations", StringComparison.Ordinal) ? d with { Document = d.Document with { Mark = "public" } } : d)] }),
            "as of an entry that changed nothing" => (told, standing with { AsOf = 4 }),
            _ => (told, standing),
        };
        var entries = new List<LedgerEvent>();
        var script = new AgreementScript(country.Documents) { Append = entries.Add };
        await script.AddAsync(AgreementScript.Admin("CN"), new AgreementDrafted(AgreementScript.Terms), operation: true);
        await script.AddAsync(null, new CountryContextTaken(told));
        await script.AddAsync(null, new AgencyContextTaken(standing));
        await MirrorAsync(country);
        await MirrorAsync(agency);
        var agreement = await MirrorAsync(country with { Ledger = LedgerId.Parse("agreement/" + AgreementScript.Id), Entries = entries });
        var terminal = new Terminal();

        var code = await terminal.RunAsync("verify", _root);

        Assert.Equal(ExitCodes.Ok, await new Terminal().RunAsync("verify", agreement));
        Assert.True(code == (says is null ? ExitCodes.Ok : ExitCodes.Found), terminal.Output);
        Assert.Contains(says ?? ": in order", terminal.Output, StringComparison.Ordinal);
    }

    private static CountryContext ContextOf(History country)
    {
        var state = new CountryState();
        for (var i = 0; i < country.Entries.Count; i++)
        {
            state.Apply(country.Entries[i], i);
        }

        return new CountryContext(
            "CN",
            state.ChangedAsOf,
            [.. state.Issuers.Select(i => i.Issuer)],
            state.SchemeDigest,
            [.. state.Publications.Select(p => new PackInForce(p.Version, state.Pack(p.Version)!.Digest, p.From))],
            state.Witnesses,
            [.. state.Keys.FindAll(k => k.Key.ConfirmedAt is not null).Select(k => k.Key)]);
    }

    [Fact]
    public async Task Verify_FromACheckpoint_HoldsTheLedgerToIt()
    {
        var history = await Histories.AgreementAsync();
        var folder = await MirrorAsync(history);
        async Task<string> CheckpointOf(IEnumerable<LedgerEvent> entries, byte seed = 1)
        {
            var ledger = await LedgerCopy.OfAsync(history.Ledger, entries.Select(e => (ReadOnlyMemory<byte>)EventEncoder.Encode(e)), seed);
            var file = Path.Combine(_root, $"checkpoint-{Guid.NewGuid():n}");
            await File.WriteAllBytesAsync(file, ledger.Resources[LedgerPaths.Checkpoint]);
            return file;
        }

        var earlier = await CheckpointOf(history.Entries.Take(20));
        var forked = await CheckpointOf(history.Entries.Take(20).Reverse());
        var longer = await CheckpointOf([.. history.Entries, history.Entries[0]]);
        var foreign = await CheckpointOf(history.Entries.Take(20), seed: 7);

        Assert.Equal(ExitCodes.Ok, await new Terminal().RunAsync("verify", folder, "--from-checkpoint", earlier));
        Assert.Equal(ExitCodes.Found, await Says("forked", "verify", folder, "--from-checkpoint", forked));
        Assert.Equal(ExitCodes.Found, await Says("rolled_back", "verify", folder, "--from-checkpoint", longer));
        Assert.Equal(ExitCodes.Usage, await new Terminal().RunAsync("verify", folder, "--from-checkpoint", foreign));
    }

    [Fact]
    public async Task Verify_KeyAndWitnesses_MustBeThoseGiven()
    {
        var history = await Histories.AgencyAsync();
        var folder = await MirrorAsync(history);
        using var signer = LedgerCopy.Signer(history.Ledger);
        using var other = LedgerCopy.Signer(history.Ledger, 7);
        using var witness = new CosignatureSigner("witness.example", new byte[32]);
        using var absent = new CosignatureSigner("absent.example", [.. Enumerable.Repeat((byte)9, 32)]);
        var file = Path.Combine(folder, LedgerPaths.Checkpoint);
        var note = SignedNote.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(file, note.With(witness.Sign(note.Text, 1_800_000_000)).Write(), TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Ok, await new Terminal().RunAsync("verify", folder, "--vkey", signer.VerifierKey));
        Assert.Equal(ExitCodes.Found, await Says("checkpoint_unsigned", "verify", folder, "--vkey", other.VerifierKey));
        Assert.Equal(ExitCodes.Ok, await Says("witnessed up to 16", "verify", folder, "--witness", witness.VerifierKey));
        Assert.Equal(ExitCodes.Found, await Says("not_witnessed", "verify", folder, "--witness", witness.VerifierKey, "--witness", absent.VerifierKey));
        Assert.Equal(ExitCodes.Ok, await new Terminal().RunAsync("verify", folder, "--witness", witness.VerifierKey, "--witness", absent.VerifierKey, "--quorum", "1"));
    }

    [Fact]
    public async Task Verify_Receipt_StandsForItsEntryAlone()
    {
        var history = await Histories.AgencyAsync();
        var ledger = await LedgerCopy.OfAsync(history.Ledger, history.Entries.Select(e => (ReadOnlyMemory<byte>)EventEncoder.Encode(e)));
        var store = new BriData.Ledger.Storage.InMemoryLedgerStore();
        await store.AppendAsync(LedgerTree.Empty(history.Ledger), [.. history.Entries.Select(e => new BriData.Ledger.Storage.LedgerEntryDraft(EventEncoder.Encode(e)))]);
        var proof = new TlogProof
        {
            Index = 3,
            Path = await ProofBuilder.InclusionAsync(store, history.Ledger, 3, history.Entries.Count, TestContext.Current.CancellationToken),
            Checkpoint = Encoding.UTF8.GetString(ledger.Resources[LedgerPaths.Checkpoint]),
        };
        var (receipt, entry, wrong) = (Path.Combine(_root, "receipt"), Path.Combine(_root, "entry"), Path.Combine(_root, "wrong"));
        await File.WriteAllTextAsync(receipt, proof.Write(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(entry, EventEncoder.Encode(history.Entries[3]), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(wrong, EventEncoder.Encode(history.Entries[4]), TestContext.Current.CancellationToken);
        var key = ledger.Description.Vkey;
        using var witness = new CosignatureSigner("witness.example", new byte[32]);
        using var absent = new CosignatureSigner("absent.example", [.. Enumerable.Repeat((byte)9, 32)]);
        var note = SignedNote.Parse(proof.Checkpoint);
        var (cosigned, report) = (Path.Combine(_root, "cosigned"), Path.Combine(_root, "report"));
        await File.WriteAllTextAsync(cosigned, (proof with { Checkpoint = note.With(witness.Sign(note.Text, 1_800_000_000)).Write() }).Write(), TestContext.Current.CancellationToken);
        string[] both = ["--witness", witness.VerifierKey, "--witness", absent.VerifierKey, "--entry", entry, "--vkey", key, "--report", report];

        Assert.Equal(ExitCodes.Found, await Says("0 of 2 witnesses have cosigned; 1 are needed", ["verify", "--receipt", receipt, .. both, "--quorum", "1"]));
        Assert.Equal(ExitCodes.Found, await Says("1 of 2 witnesses have cosigned; 2 are needed", ["verify", "--receipt", cosigned, .. both]));
        Assert.Equal(ExitCodes.Ok, await Says("cosigned by 1 of 2 witnesses", ["verify", "--receipt", cosigned, .. both, "--quorum", "1"]));
        Assert.Equal(1, JsonElement.Parse(await File.ReadAllBytesAsync(report, TestContext.Current.CancellationToken)).GetProperty("receipt").GetProperty("witnesses").GetInt32());
        Assert.Equal(ExitCodes.Ok, await Says("at index 3 of 16", "verify", "--receipt", receipt, "--entry", entry, "--vkey", key));
        Assert.Equal(ExitCodes.Found, await Says("does not hold", "verify", "--receipt", receipt, "--entry", wrong, "--vkey", key));
        Assert.Equal(ExitCodes.Found, await Says("not a tlog-proof", "verify", "--receipt", entry, "--entry", entry, "--vkey", key));
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("verify", "/no/such/folder")]
    [InlineData("verify", "/no/such/folder", "--vkey", "nonsense")]
    [InlineData("verify", "/no/such/folder", "--witness", "nonsense")]
    [InlineData("verify", "/no/such/folder", "--quorum", "1")]
    [InlineData("verify", "--receipt", "/no/such/file")]
    [InlineData("reconcile", "/no/such/folder", "/no/such/folder")]
    public async Task Arguments_NotInOrder_AreRefused(params string[] arguments) =>
        Assert.Equal(ExitCodes.Usage, await new Terminal().RunAsync(arguments));

    [Theory]
    [InlineData("--keys says nothing about a ledger", "verify", "https://platform.example/", "--keys", "/no/such/file")]
    [InlineData("--keys says nothing about a receipt", "verify", "--receipt", "r", "--entry", "e", "--vkey", Vkey, "--keys", "k")]
    [InlineData("--no-replay says nothing about a receipt", "verify", "--receipt", "r", "--entry", "e", "--vkey", Vkey, "--no-replay")]
    [InlineData("--from-checkpoint says nothing about a receipt", "verify", "--receipt", "r", "--entry", "e", "--vkey", Vkey, "--from-checkpoint", "c")]
    public async Task Arguments_ThatWouldBePassedOver_AreRefused(string says, params string[] arguments)
    {
        var terminal = new Terminal();

        Assert.Equal(ExitCodes.Usage, await terminal.RunAsync(arguments));
        Assert.Contains(says, terminal.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AddressWithoutAToken_AsksForOne()
    {
        var terminal = new Terminal { Token = null };

        Assert.Equal(ExitCodes.Usage, await terminal.RunAsync("verify", "https://platform.example/v1/ledgers/agreement/cn-kz-customs"));
        Assert.Contains("BRIDATA_TOKEN", terminal.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reconcile_Copies_SaysInWordsHowTheyStand()
    {
        var history = await Histories.AgreementAsync();
        var whole = await MirrorAsync(history, "whole");
        var same = await MirrorAsync(history, "same");
        var shorter = await MirrorAsync(history with { Entries = [.. history.Entries.Take(30)] }, "shorter");
        var accepted = history.Entries.ToList().FindIndex(e => e.Data is TransferAccepted);
        var without = await MirrorAsync(history with { Entries = [.. history.Entries.Where((_, i) => i != accepted)] }, "without");

        Assert.Equal(ExitCodes.Ok, await Says("Both hold the same", "reconcile", whole, same));
        Assert.Equal(ExitCodes.Found, await Says("B goes on where A ends", "reconcile", shorter, whole));
        Assert.Equal(ExitCodes.Found, await Says("missing in A: entry 30, ", "reconcile", shorter, whole));
        Assert.Equal(ExitCodes.Found, await Says("The ledger's key has signed two histories", "reconcile", whole, without));

        // Neither its tree nor what it says gives the shortened copy away: only the other party's does.
        Assert.Equal(ExitCodes.Ok, await new Terminal().RunAsync("verify", without, "--no-replay"));
        Assert.Equal(ExitCodes.Found, await Says($"missing in B: entry {accepted}, transfer.accepted of cn-kz-customs:1, hash ", "reconcile", whole, without));
    }

    private static async Task<int> Says(string text, params string[] arguments)
    {
        var terminal = new Terminal();
        var code = await terminal.RunAsync(arguments);
        Assert.Contains(text, terminal.Output, StringComparison.Ordinal);
        return code;
    }

    private async Task<string> MirrorAsync(History history, string? name = null)
    {
        var ledger = await LedgerCopy.OfAsync(history.Ledger, history.Entries.Select(e => (ReadOnlyMemory<byte>)EventEncoder.Encode(e)));
        foreach (var digest in history.Entries.SelectMany(e => EntryDocuments.NamedBy(EventEncoder.Encode(e))).Distinct())
        {
            ledger.Add((await history.Documents.GetAsync(digest))!.Value);
        }

        var folder = Path.Combine(_root, name ?? history.Ledger.Value);
        await ledger.WriteAsync(folder);
        return folder;
    }
}
