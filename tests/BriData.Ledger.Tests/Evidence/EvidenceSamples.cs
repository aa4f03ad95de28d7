using System.Globalization;
using System.Text;
using BriData.Ledger.Evidence;
using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;
using BriData.Testing.Ledger;

namespace BriData.Ledger.Tests.Evidence;

/// <summary>A pack over two ledgers, with a regulator's view of every fifth entry where it is limited.</summary>
internal sealed class EvidenceSamples
{
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static readonly LedgerId[] Ledgers = [LedgerId.Parse("agreement/cn-kz-customs"), LedgerId.Parse("country/KZ")];

    public static CheckpointSigner Signer(string ledger) => CheckpointSigner.Derive(Seed, "log.example/" + ledger);

    /// <summary>The keys of the ledgers and of the seal.</summary>
    public static NoteVerifier[] Trusted() => [.. Ledgers.Select(l => Key(l.Value)), Key("access/KZ")];

    public static NoteVerifier Key(string ledger)
    {
        using var signer = Signer(ledger);
        return NoteVerifier.Parse(signer.VerifierKey);
    }

    /// <param name="count">Entries of each ledger.</param>
    /// <param name="limited">True for a regulator's pack.</param>
    /// <param name="seal">The ledger whose key seals it.</param>
    public static async Task<byte[]> MakeAsync(int count = 40, bool limited = false, string seal = "access/KZ")
    {
        var store = new InMemoryLedgerStore();
        var heads = new List<LedgerHead>();
        foreach (var ledger in Ledgers)
        {
            var tree = LedgerTree.Empty(ledger);
            if (count > 0)
            {
                await store.AppendAsync(tree, [.. Enumerable.Range(0, count).Select(i => new LedgerEntryDraft(Body(ledger, i)))]);
            }

            heads.Add(tree.Head);
        }

        using var pack = new MemoryStream();
        using var writer = new EvidenceWriter("KZ");
        using var sealer = Signer(seal);
        pack.Write(writer.Manifest(
            limited,
            new DateTimeOffset(2026, 6, 15, 9, 0, 0, TimeSpan.Zero),
            [new EvidenceCondition("agreement", "cn-kz-customs")],
            sealer.VerifierKey,
            [.. heads.Select(Ledger)]));
        var provers = heads.ToDictionary(h => h.Ledger, h => new InclusionProver(store, h.Ledger, h.Size));
        var newestFirst = Enumerable.Range(0, count).SelectMany(i => Ledgers.Select(l => (Ledger: l, Index: i)))
            .OrderByDescending(e => e.Index / 2).ThenByDescending(e => e.Ledger.Value, StringComparer.Ordinal).ThenByDescending(e => e.Index);
        foreach (var (ledger, index) in newestFirst)
        {
            var body = Body(ledger, index);
            var proof = await provers[ledger].PathAsync(index);
            pack.Write(limited && index % 5 == 0
                ? writer.Limited(ledger, index, MerkleHash.Leaf(body), View(index), ["/by/officer"], proof)
                : writer.Entry(ledger, index, body, proof));
        }

        pack.Write(writer.End(sealer));
        return pack.ToArray();

        static EvidenceLedger Ledger(LedgerHead head)
        {
            using var signer = Signer(head.Ledger.Value);
            return new EvidenceLedger(head.Ledger.Value, signer.VerifierKey, signer.Sign(head));
        }
    }

    public static string[] Lines(byte[] pack) => Encoding.UTF8.GetString(pack).TrimEnd('\n').Split('\n');

    public static Task<EvidenceReport> VerifyAsync(IEnumerable<string> lines, params NoteVerifier[] trusted) =>
        VerifyAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))), trusted);

    public static async Task<EvidenceReport> VerifyAsync(byte[] pack, params NoteVerifier[] trusted)
    {
        using var stream = new MemoryStream(pack);
        return await EvidencePack.VerifyAsync(stream, trusted.Length == 0 ? Trusted() : trusted, null, TestContext.Current.CancellationToken);
    }

    private static byte[] Body(LedgerId ledger, int number) => Encoding.UTF8.GetBytes(
        $$"""{"at":"{{Time(number)}}","by":{"country":"CN","officer":"o-{{number}}"},"data":{"text":"\"й\" {{ledger.Kind}}"},"kind":"sample","parties":["CN","KZ"],"v":1}""");

    private static byte[] View(int number) => Encoding.UTF8.GetBytes(
        $$"""{"at":"{{Time(number)}}","by":{"country":"CN","officer":null},"kind":"sample","parties":["CN","KZ"],"v":1}""");

    // Two entries of an instant each, so that the order by ledger and index shows.
    private static string Time(int number) =>
        new DateTimeOffset(2026, 6, 15, 8, 0, 0, TimeSpan.Zero).AddSeconds(number / 2).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
