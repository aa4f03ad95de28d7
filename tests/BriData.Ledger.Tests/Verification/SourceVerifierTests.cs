using System.Text;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Testing.Ledger;
using CsCheck;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Ledger.Tests.Verification;

public sealed class SourceVerifierTests
{
    private const int Size = 70_000;

    private static readonly Lazy<Task<LedgerCopy>> Large = new(() => PublishAsync(Size));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(700)]
    [InlineData(Size)]
    public async Task Verify_GoodLedger_FindsNothingAndReadsEveryEntryOnceInOrder(int size)
    {
        var ledger = await PublishAsync(size);
        var seen = new Counting();

        var report = await new SourceVerifier(ledger, new SourceVerification()).VerifyAsync(seen, TestContext.Current.CancellationToken);

        Assert.Empty(report.Findings);
        Assert.Equal(size, report.Entries);
        Assert.Equal(size, seen.Next);
        Assert.Equal(report.Checkpoint!.Root, report.Root);
        Assert.Equal(SampleLedger, report.Ledger);
    }

    [Fact]
    public async Task Verify_AnyByteOfAnyResourceFlipped_IsFoundAndNamed()
    {
        var ledger = await Large.Value;
        var paths = ledger.Resources.Keys.Order(StringComparer.Ordinal).ToArray();

        // The few resources that are no tile or bundle of level 0 would hardly be met by chance.
        var rare = paths.Where(p => !p.StartsWith("tile/0/", StringComparison.Ordinal) && !p.StartsWith("tile/entries/", StringComparison.Ordinal)).ToArray();
        await Gen.Select(Gen.OneOf(Of(paths), Of(rare)), Gen.Int[0, int.MaxValue], Gen.Int[0, 7]).SampleAsync(
            async (path, position, bit) =>
            {
                var damaged = Copy(ledger);
                var bytes = damaged.Resources[path].ToArray();
                bytes[position % bytes.Length] ^= (byte)(1 << bit);
                damaged.Resources[path] = bytes;

                var report = await new SourceVerifier(damaged, new SourceVerification()).VerifyAsync();

                Assert.Equal(path, Assert.Single(report.Findings).Resource);
                Assert.InRange(report.Findings[0].Index ?? 0, 0, Size - 1);
            },
            iter: 60,
            threads: 2);
    }

    [Fact]
    public async Task Verify_EntryChanged_NamesTheEntryWhetherItsBundleIsFullOrNot() => await Gen.Int[0, 699].SampleAsync(
        async index =>
        {
            var ledger = await PublishAsync(700);
            Change(ledger, index, body => body[^2]++);

            var finding = Assert.Single((await new SourceVerifier(ledger, new SourceVerification()).VerifyAsync()).Findings);

            Assert.Equal((TreeCodes.EntryChanged, (long?)index), (finding.Code, finding.Index));
        },
        iter: 30);

    [Fact]
    public async Task Verify_MissingResource_IsFoundAndNamed()
    {
        var ledger = await PublishAsync(700);
        foreach (var path in ledger.Resources.Keys.ToArray())
        {
            var damaged = Copy(ledger);
            damaged.Resources.Remove(path);

            var report = await new SourceVerifier(damaged, new SourceVerification()).VerifyAsync(TestContext.Current.CancellationToken);

            Assert.Equal(path, Assert.Single(report.Findings).Resource);
        }
    }

    [Fact]
    public async Task Verify_SignedByAnotherKey_IsFound()
    {
        var ledger = await PublishAsync(10);
        using var other = LedgerCopy.Signer(SampleLedger, 9);

        var report = await new SourceVerifier(ledger, new SourceVerification { Key = NoteVerifier.Parse(other.VerifierKey) }).VerifyAsync(TestContext.Current.CancellationToken);

        Assert.Equal(TreeCodes.CheckpointUnsigned, Assert.Single(report.Findings).Code);
        Assert.Null(report.Checkpoint);
    }

    [Fact]
    public async Task Verify_KeyOfAnotherLedger_IsFound()
    {
        var ledger = await PublishAsync(10);
        ledger.Description = ledger.Description with { Ledger = "agreement/another" };

        Assert.Equal(TreeCodes.WrongLedger, Assert.Single((await new SourceVerifier(ledger, new SourceVerification()).VerifyAsync(TestContext.Current.CancellationToken)).Findings).Code);
    }

    [Fact]
    public async Task Verify_EarlierCheckpoints_ArePrefixesAtAnySize() => await Gen.Int[0, 700].SampleAsync(
        async size =>
        {
            var ledger = await PublishAsync(700);
            var earlier = await CheckpointAsync(await PublishAsync(size));
            var false_ = earlier with { Root = Hash256.OfSha256([1]) };

            Assert.Empty((await new SourceVerifier(ledger, new SourceVerification { Earlier = [earlier] }).VerifyAsync()).Findings);
            Assert.Equal(TreeCodes.Forked, Assert.Single((await new SourceVerifier(ledger, new SourceVerification { Earlier = [earlier, false_] }).VerifyAsync()).Findings).Code);
        },
        iter: 20);

    [Fact]
    public async Task Verify_LedgerShorterThanAnEarlierCheckpoint_IsFoundAsTakenBack()
    {
        var earlier = await CheckpointAsync(await PublishAsync(700));

        var finding = Assert.Single((await new SourceVerifier(await PublishAsync(699), new SourceVerification { Earlier = [earlier] }).VerifyAsync(TestContext.Current.CancellationToken)).Findings);

        Assert.Equal((TreeCodes.RolledBack, (long?)699), (finding.Code, finding.Index));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_ProblemFurtherOn_DoesNotHideWhatWasFoundBefore(bool damaged)
    {
        var store = new InMemoryLedgerStore();
        await store.FillAsync(SampleLedger, 700);
        using var signer = LedgerCopy.Signer(SampleLedger);
        using var witness = new CosignatureSigner("first.example", [.. Enumerable.Repeat((byte)1, 32)]);
        var published = new PublishedLedger(store, SampleLedger, signer)
        {
            Change = (path, content) => path != TilePath.OfEntries(1, 256).ToString() ? content
                : damaged ? [.. content![..^3], (byte)(content[^3] ^ 1), .. content[^2..]]
                : throw new LedgerSourceException("The line is cut."),
        };
        var root = Hash256.OfSha256([1]);
        var how = new SourceVerification
        {
            Witnesses = [CosignatureVerifier.Parse(witness.VerifierKey)],
            Quorum = 1,
            Earlier = [new Checkpoint("an earlier one", 701, root), new Checkpoint("an earlier one", 10, root)],
        };

        var report = await new SourceVerifier(published, how).VerifyAsync(TestContext.Current.CancellationToken);

        string[] before = [TreeCodes.NotWitnessed, TreeCodes.RolledBack, TreeCodes.Forked];
        Assert.Equal(damaged ? [.. before, TreeCodes.EntryChanged] : before, report.Findings.Select(f => f.Code));
        Assert.Equal(damaged ? null : "The line is cut.", report.Unread);
        Assert.Equal(256, report.Entries);
        Assert.False(report.Ok);
    }

    [Fact]
    public async Task Verify_WitnessedCheckpointOfAnotherHistory_IsFound()
    {
        var ledger = await PublishAsync(300);
        using var signer = LedgerCopy.Signer(SampleLedger);
        ledger.Resources[LedgerPaths.WitnessedCheckpoint] = Encoding.UTF8.GetBytes(signer.Sign(new LedgerHead(SampleLedger, 200, Hash256.OfSha256([1]))));

        Assert.Equal(TreeCodes.Forked, Assert.Single((await new SourceVerifier(ledger, new SourceVerification()).VerifyAsync(TestContext.Current.CancellationToken)).Findings).Code);
    }

    [Fact]
    public async Task Verify_EntryThatIsNotCanonical_IsFoundUnlessNotAskedFor()
    {
        var ledger = await LedgerCopy.OfAsync(SampleLedger, [Body(0), "{\"b\":1,\"a\":2}"u8.ToArray(), Body(2)]);

        var finding = Assert.Single((await new SourceVerifier(ledger, new SourceVerification()).VerifyAsync(TestContext.Current.CancellationToken)).Findings);

        Assert.Equal((TreeCodes.EntryNotCanonical, (long?)1), (finding.Code, finding.Index));
        Assert.Empty((await new SourceVerifier(ledger, new SourceVerification { CanonicalEntries = false }).VerifyAsync(TestContext.Current.CancellationToken)).Findings);
    }

    [Theory]
    [InlineData(LedgerPaths.Checkpoint, 2, true)]
    [InlineData(LedgerPaths.Checkpoint, 3, false)]
    [InlineData(LedgerPaths.WitnessedCheckpoint, 2, true)]
    [InlineData(LedgerPaths.WitnessedCheckpoint, 3, false)]
    public async Task Verify_Witnesses_MustBeEnough(string path, int quorum, bool enough)
    {
        var ledger = await PublishAsync(300);
        using var signer = LedgerCopy.Signer(SampleLedger);
        using CosignatureSigner first = new("first.example", [.. Enumerable.Repeat((byte)1, 32)]), second = new("second.example", [.. Enumerable.Repeat((byte)2, 32)]), third = new("third.example", [.. Enumerable.Repeat((byte)3, 32)]);
        var note = SignedNote.Parse((await ledger.ReadNoteAsync())!);
        note = note.With(first.Sign(note.Text, 1_800_000_000), second.Sign(note.Text, 1_800_000_001));
        ledger.Resources[path] = Encoding.UTF8.GetBytes(note.Write());
        var how = new SourceVerification { Witnesses = [.. new[] { first, second, third }.Select(w => CosignatureVerifier.Parse(w.VerifierKey))], Quorum = quorum };

        var report = await new SourceVerifier(ledger, how).VerifyAsync(TestContext.Current.CancellationToken);

        Assert.Equal(enough ? [] : new[] { TreeCodes.NotWitnessed }, report.Findings.Select(f => f.Code));
        Assert.Equal(enough ? 300 : (long?)null, report.Witnessed);
    }

    [Fact]
    public async Task Verify_CosignatureThatIsNotTheWitnesss_IsFound()
    {
        var ledger = await PublishAsync(300);
        using var witness = new CosignatureSigner("first.example", [.. Enumerable.Repeat((byte)1, 32)]);
        var note = SignedNote.Parse((await ledger.ReadNoteAsync())!);
        var other = SignedNote.Parse((await (await PublishAsync(299)).ReadNoteAsync())!);
        ledger.Resources[LedgerPaths.Checkpoint] = Encoding.UTF8.GetBytes(note.With(witness.Sign(other.Text, 1_800_000_000)).Write());

        var report = await new SourceVerifier(ledger, new SourceVerification { Witnesses = [CosignatureVerifier.Parse(witness.VerifierKey)], Quorum = 1 }).VerifyAsync(TestContext.Current.CancellationToken);

        Assert.Equal(TreeCodes.CosignatureInvalid, Assert.Single(report.Findings).Code);
    }

    internal static Task<LedgerCopy> PublishAsync(int size) =>
        LedgerCopy.OfAsync(SampleLedger, Enumerable.Range(0, size).Select(i => (ReadOnlyMemory<byte>)Body(i)));

    private static Gen<string> Of(string[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);

    private static async Task<Checkpoint> CheckpointAsync(LedgerCopy ledger) =>
        Checkpoint.Open((await ledger.ReadNoteAsync())!, NoteVerifier.Parse(ledger.Description.Vkey));

    private static LedgerCopy Copy(LedgerCopy ledger)
    {
        var copy = new LedgerCopy { Description = ledger.Description };
        foreach (var (path, content) in ledger.Resources)
        {
            copy.Resources.Add(path, content);
        }

        return copy;
    }

    private static void Change(LedgerCopy ledger, int index, Action<byte[]> change)
    {
        var path = ledger.Resources.Keys.Single(p => TilePath.TryParse(p, out var tile) && tile.Level is null && tile.Index == index / 256);
        var bundle = ledger.Resources[path];
        Assert.True(EntryBundle.TryRead(bundle, out var entries));
        var body = entries[index % 256].ToArray();
        var start = entries.Take(index % 256).Sum(e => e.Length + 2) + 2;
        change(body);
        body.CopyTo(bundle, start);
    }

    private sealed class Counting : IEntryReader<int>
    {
        public long Next { get; private set; }

        public int Read(ReadOnlyMemory<byte> entry) => entry.Length;

        public bool ShowsForm(int entry) => false;

        public ValueTask TakeAsync(long index, int entry, CancellationToken cancellationToken)
        {
            Assert.Equal(Next++, index);
            Assert.Equal(Body(index).Length, entry);
            return default;
        }
    }
}
