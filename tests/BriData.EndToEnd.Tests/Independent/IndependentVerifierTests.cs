using System.Text.RegularExpressions;
using BriData.EndToEnd.Tests.Support;
using BriData.Ledger;

namespace BriData.EndToEnd.Tests.Independent;

/// <summary>A verifier that shares no code with the platform accepts all that the platform serves, and nothing else.</summary>
public sealed partial class IndependentVerifierTests(TenThousandEntries log) : IClassFixture<TenThousandEntries>
{
    /// <summary>What can be done to a log, by name.</summary>
    private static readonly Dictionary<string, (string Says, Action<LogCopy, TenThousandEntries> Do)> Tamperings = new()
    {
        ["a byte of an entry"] = ("entry 307", (c, _) => c.Flip("tile/entries/012", 5_000)),
        ["a byte of the last entry"] = ("does not have the hash", (c, _) => c.Flip(Last(c, "tile/entries/"), c.Files[Last(c, "tile/entries/")].Length - 1)),
        ["the length before an entry"] = ("entry 3072 ", (c, _) => c.Flip("tile/entries/012", 1)),
        ["a byte of a leaf tile"] = ("inconsistent tile", (c, _) => c.Flip("tile/0/020", 100)),
        ["a byte of the partial leaf tile"] = ("inconsistent tile", (c, _) => c.Flip(Last(c, "tile/0/"), 10)),
        ["a byte of the tile above"] = ("inconsistent tile", (c, _) => c.Flip(Last(c, "tile/1/"), 1_000)),
        ["an entry and its leaf hash together"] = ("inconsistent tile", (c, _) =>
        {
            c.Rewrite("tile/entries/007", entries => entries[3] = [.. "{}"u8]);
            byte[] tile = [.. c.Files["tile/0/007"]];
            Ledger.Merkle.MerkleHash.Leaf("{}"u8).CopyTo(tile.AsSpan(3 * Hash256.ByteCount));
            c.Files["tile/0/007"] = tile;
        }),
        ["two entries swapped"] = ("entry 1288 ", (c, _) => c.Rewrite("tile/entries/005", entries => (entries[8], entries[9]) = (entries[9], entries[8]))),
        ["two bundles swapped"] = ("entry 1280 ", (c, _) => (c.Files["tile/entries/005"], c.Files["tile/entries/006"]) = (c.Files["tile/entries/006"], c.Files["tile/entries/005"])),
        ["two leaf tiles swapped"] = ("inconsistent tile", (c, _) => (c.Files["tile/0/005"], c.Files["tile/0/006"]) = (c.Files["tile/0/006"], c.Files["tile/0/005"])),
        ["an entry in place of the next"] = ("entry 200 ", (c, _) => c.Rewrite("tile/entries/000", entries => entries[200] = entries[199])),
        ["an entry left out"] = ("entry 5220 ", (c, _) => c.Rewrite("tile/entries/020", entries => entries.RemoveAt(100))),
        ["the last entry left out"] = ("breaks off", (c, _) => c.Rewrite(Last(c, "tile/entries/"), entries => entries.RemoveAt(entries.Count - 1))),
        ["an entry too many"] = ("goes on behind", (c, _) => c.Rewrite("tile/entries/020", entries => entries.Add([.. "{}"u8]))),
        ["an empty entry"] = ("entry 5121 ", (c, _) => c.Rewrite("tile/entries/020", entries => entries[1] = [])),
        ["a bundle cut short"] = ("entry 7935: the bundle breaks off", (c, _) => c.Files["tile/entries/030"] = c.Files["tile/entries/030"][..^1]),
        ["a tile cut short"] = ("has 8160 bytes", (c, _) => c.Files["tile/0/030"] = c.Files["tile/0/030"][..^32]),
        ["a bundle that is gone"] = ("tile/entries/038 is not there", (c, _) => c.Files.Remove("tile/entries/038")),
        ["a tile that is gone"] = ("tile/0/038 is not there", (c, _) => c.Files.Remove("tile/0/038")),
        ["a checkpoint that is gone"] = ("checkpoint is not there", (c, _) => c.Files.Remove("checkpoint")),
        ["a digit of the signature"] = ("checkpoint: ", (c, _) => c.Checkpoint = LogCopy.WithOtherDigit(c.Checkpoint, c.Checkpoint.Length - 20)),
        ["no signature"] = ("checkpoint: ", (c, _) => c.Checkpoint = c.Checkpoint[..(c.Checkpoint.IndexOf("\n\n", StringComparison.Ordinal) + 2)]),
        ["another size under the signature"] = ("checkpoint: ", (c, _) => c.Checkpoint = c.Checkpoint.Replace($"\n{LogCopy.Notes(c.Checkpoint).Size}\n", "\n9999\n", StringComparison.Ordinal)),
        ["another root under the signature"] = ("checkpoint: ", (c, _) => c.Checkpoint = LogCopy.WithOtherDigit(c.Checkpoint, c.Checkpoint.IndexOf("=\n", StringComparison.Ordinal) - 5)),
        ["the key of another ledger"] = ("checkpoint: ", (c, log) => c.Vkey = log.Other.Vkey),
        ["the origin of another ledger"] = ("checkpoint: it is of", (c, log) => c.Origin = log.Other.Vkey.Split('+')[0]),
        ["another root, well signed"] = ("inconsistent tile", (c, _) => c.Checkpoint = c.Forge(told => told with { Root = Hash256.OfSha256("other"u8) })),
        ["the root of an older tree, well signed"] = ("inconsistent tile", (c, log) => c.Checkpoint = c.Forge(told => told with { Root = LogCopy.Notes(log.Old).Root })),
        ["an older size with the newest root, well signed"] = ("inconsistent tile", (c, log) => c.Checkpoint = c.Forge(told => told with { Size = LogCopy.Notes(log.Old).Size })),
        ["one entry more than there is, well signed"] = ("is not there", (c, _) => c.Checkpoint = c.Forge(told => told with { Size = told.Size + 1 })),
        ["a rolled back log"] = ("entries and once had", (c, log) => (c.Checkpoint, c.Old) = (log.Old, c.Checkpoint)),
        ["an older checkpoint of another history"] = ("older checkpoint: the tree of size", (c, log) =>
        {
            c.Old = c.Forge(told => told with { Size = LogCopy.Notes(log.Old).Size, Root = Hash256.OfSha256("other"u8) });
            c.Checkpoint = c.Forge(told => told);
            c.Receipts.Clear();
        }),
        ["a receipt with another index"] = ("receipt", (c, _) => c.Receipts[3] = Index().Replace(c.Receipts[3], m => $"\nindex {LogCopy.Number(long.Parse(m.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) ^ 1)}\n")),
        ["a receipt with an index beyond its tree"] = ("index 1000000", (c, _) => c.Receipts[3] = Index().Replace(c.Receipts[3], "\nindex 1000000\n")),
        ["a receipt with another hash in its path"] = ("receipt", (c, _) => c.Receipts[4] = LogCopy.WithOtherDigit(c.Receipts[4], c.Receipts[4].IndexOf("=\n", StringComparison.Ordinal) - 7)),
        ["a receipt whose path is too short"] = ("receipt", (c, _) => c.Receipts[5] = Path().Replace(c.Receipts[5], "$1", 1)),
        ["a receipt of another ledger"] = ("receipt", (c, log) => c.Receipts.Add(log.Other.Receipt)),
        ["a receipt under another checkpoint of this ledger"] = ("receipt", (c, log) => c.Receipts[6] = c.Receipts[6][..(c.Receipts[6].IndexOf("\n\n", StringComparison.Ordinal) + 2)] + log.Old),
        ["a receipt whose signature was changed"] = ("receipt", (c, _) => c.Receipts[7] = LogCopy.WithOtherDigit(c.Receipts[7], c.Receipts[7].Length - 20)),
    };

    public static TheoryData<string> Tampered => [.. Tamperings.Keys];

    [Fact]
    public async Task Verify_OverHttp_AcceptsEveryEntryProofAndReceipt()
    {
        Assert.SkipWhen(GoProgram.WhyNot is not null, GoProgram.WhyNot ?? "");

        var (code, said) = await log.JudgeAsync(log.Copy, log.Url);

        Assert.True(code == 0, said);
        var counted = Accepted().Match(said);
        Assert.True(counted.Success, said);
        Assert.Equal(LogCopy.Notes(log.Copy.Checkpoint).Size, Count(1));
        Assert.InRange(Count(1), 10_000, 11_000);
        Assert.InRange(Count(2), 200, 500);
        Assert.InRange(Count(3), 200, 500);
        Assert.Equal(20, Count(4));

        long Count(int group) => long.Parse(counted.Groups[group].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Verify_AMirror_AcceptsIt()
    {
        Assert.SkipWhen(GoProgram.WhyNot is not null, GoProgram.WhyNot ?? "");
        var folder = log.NewFolder();
        var mirrored = await BriDataCommand.RunAsync(log.Token, "mirror", log.Url, folder);
        Assert.True(mirrored.Code == 0, mirrored.Messages);

        var (code, said) = await log.JudgeAsync(log.Copy, folder);

        Assert.True(code == 0, said);
        File.Delete(System.IO.Path.Combine(folder, "tile", "entries", "017"));
        Assert.Equal(1, (await log.JudgeAsync(log.Copy, folder)).Code);
    }

    [Fact]
    public async Task Verify_ACopyThatNobodyTouched_AcceptsIt()
    {
        Assert.SkipWhen(GoProgram.WhyNot is not null, GoProgram.WhyNot ?? "");

        var (code, said) = await log.JudgeAsync(log.Copy);

        Assert.True(code == 0, said);
    }

    [Fact]
    public async Task Verify_TileThatCannotBeReadForTheRoot_SaysThatItWasNotChecked()
    {
        Assert.SkipWhen(GoProgram.WhyNot is not null, GoProgram.WhyNot ?? "");
        var copy = log.Copy;

        // Read for the entries first, and for the root next.
        copy.OnceOnly = Last(copy, "tile/0/");

        var (code, said) = await log.JudgeAsync(copy);

        Assert.True(code == 3, $"{code}: {said}");
        Assert.StartsWith($"not checked: {copy.OnceOnly}: 503 ", said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Tampered))]
    public async Task Verify_Tampered_RejectsIt(string tampering)
    {
        Assert.SkipWhen(GoProgram.WhyNot is not null, GoProgram.WhyNot ?? "");
        var copy = log.Copy;
        Tamperings[tampering].Do(copy, log);

        var (code, said) = await log.JudgeAsync(copy);

        Assert.True(code == 1, $"{code}: {said}");
        Assert.StartsWith("bad: ", said, StringComparison.Ordinal);
        Assert.Contains(Tamperings[tampering].Says, said, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^ok: (\d+) entries, (\d+) inclusion proofs, (\d+) consistency proofs, (\d+) receipts, root ")]
    private static partial Regex Accepted();

    [GeneratedRegex(@"\nindex (\d+)\n")]
    private static partial Regex Index();

    [GeneratedRegex(@"(\nindex \d+\n)[^\n]+\n")]
    private static partial Regex Path();

    private static string Last(LogCopy copy, string prefix) => copy.Files.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal) && k.Contains(".p/", StringComparison.Ordinal)).Max(StringComparer.Ordinal)!;
}
