using System.IO.Compression;
using System.Text.Json;
using BriData.EndToEnd.Tests.Support;
using BriData.Ledger;
using BriData.Ledger.Merkle;
using BriData.Ledger.Mirroring;

namespace BriData.EndToEnd.Tests.Tiles;

/// <summary>A ledger as C2SP tlog-tiles: addresses, contents and headers.</summary>
[Collection(GatewayGroup.Name)]
public sealed class TileTests(SharedGateway gateway)
{
    private const int Requests = 300;

    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Tiles_OfALedger_HoldTheHashesOfItsEntries()
    {
        var (auditor, root, size) = await FilledAsync();
        var leaves = new List<byte[]>();
        for (var index = 0L; index * TileMath.Width < size; index++)
        {
            var width = TileMath.WidthOf(0, index, size);
            var tile = await OctetsAsync(auditor, root + TilePath.OfHashes(0, index, width));
            Assert.True(EntryBundle.TryRead(await OctetsAsync(auditor, root + TilePath.OfEntries(index, width)), out var entries));
            Assert.Equal(width, entries.Length);
            Assert.Equal(tile, entries.SelectMany(e => MerkleHash.Leaf(e.Span).ToArray()).ToArray());
            Assert.All(entries, e => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(e.Span).ValueKind));
            leaves.AddRange(tile.Chunk(Hash256.ByteCount));
        }

        Assert.Equal(size, leaves.Count);
        var level1 = await OctetsAsync(auditor, $"{root}tile/1/000.p/1");
        Assert.Equal(Root(leaves[..TileMath.Width]).ToArray(), level1);
    }

    [Fact]
    public async Task Tile_Full_IsForever()
    {
        var (auditor, root, _) = await FilledAsync();
        foreach (var path in (string[])["tile/0/000", "tile/entries/000"])
        {
            var full = (await auditor.GetAsync(root + path)).Is(200);
            Assert.Equal("max-age=31536000, private, immutable", full.Header("Cache-Control"));
            Assert.Equal("application/octet-stream", full.MediaType);
            var tag = full.Header("ETag")!;
            Assert.StartsWith("\"", tag, StringComparison.Ordinal);

            Assert.Empty((await auditor.GetAsync(root + path, ("If-None-Match", tag))).Is(304).Body);
            (await auditor.GetAsync(root + path, ("If-Match", "\"another\""))).IsProblem(412, "precondition_failed");
            (await auditor.GetAsync(root + path, ("If-None-Match", "\"another\""))).Is(200);
        }
    }

    [Fact]
    public async Task Tile_Partial_IsServedInEveryWidthThatACheckpointHad()
    {
        var (auditor, root, size) = await FilledAsync();
        var full = await OctetsAsync(auditor, $"{root}tile/0/000");
        Assert.True(EntryBundle.TryRead(await OctetsAsync(auditor, $"{root}tile/entries/000"), out var all));
        foreach (var width in (int[])[1, 17, 255])
        {
            var partial = (await auditor.GetAsync($"{root}tile/0/000.p/{width}")).Is(200);
            Assert.Equal(full[..(width * Hash256.ByteCount)], partial.Body);
            Assert.Equal("max-age=3600, private, immutable", partial.Header("Cache-Control"));
            Assert.True(EntryBundle.TryRead(await OctetsAsync(auditor, $"{root}tile/entries/000.p/{width}"), out var some));
            Assert.Equal(all[..width].Select(e => e.ToArray()), some.Select(e => e.ToArray()));
        }

        var edge = (int)(size % TileMath.Width);
        (await auditor.GetAsync($"{root}tile/0/001.p/{edge}")).Is(200);
        foreach (var path in (string[])
            [$"tile/0/001.p/{edge + 1}", $"tile/entries/001.p/{edge + 1}", "tile/0/001", "tile/entries/001", "tile/0/002.p/1", "tile/1/000", "tile/1/000.p/2", "tile/2/000.p/1", "tile/63/000", "tile/entries/x009/x223/x372/x036/x854/x775/807"])
        {
            (await auditor.GetAsync(root + path)).IsProblem(404, "unknown_tile");
        }
    }

    [Theory]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/data/000")]
    [InlineData("tile/entries/1")]
    [InlineData("tile/entries/000.p/5/6")]
    [InlineData("tile/entries/..%2fcheckpoint")]
    public async Task Tile_PathOfNone_IsRefused(string path)
    {
        (await (await _office.AuditorAsync("KZ")).GetAsync("v1/ledgers/agreement/cn-kz-customs/" + path)).IsProblem(404, "unknown_tile");
        (await (await _office.AuditorAsync("KZ")).GetAsync("v1/ledgers/agreement/no-such/" + path)).IsProblem(404, "unknown_tile");
    }

    [Fact]
    public async Task Bundle_GzipAccepted_IsTheSameBytesUnderATagOfItsOwn()
    {
        var (auditor, root, _) = await FilledAsync();
        var plain = (await auditor.GetAsync($"{root}tile/entries/000")).Is(200);
        var zipped = (await auditor.GetAsync($"{root}tile/entries/000", ("Accept-Encoding", "gzip, identity;q=0.5"))).Is(200);

        Assert.Null(plain.Header("Content-Encoding"));
        Assert.Equal("gzip", zipped.Header("Content-Encoding"));
        Assert.Equal("Accept-Encoding", plain.Header("Vary"));
        Assert.NotEqual(plain.Header("ETag"), zipped.Header("ETag"));
        Assert.True(zipped.Body.Length < plain.Body.Length / 2, $"{zipped.Body.Length} of {plain.Body.Length}");
        var read = new MemoryStream();
        await new GZipStream(new MemoryStream(zipped.Body), CompressionMode.Decompress).CopyToAsync(read);
        Assert.Equal(plain.Body, read.ToArray());
        Assert.Null((await auditor.GetAsync($"{root}tile/entries/000", ("Accept-Encoding", "gzip;q=0"))).Header("Content-Encoding"));
    }

    [Fact]
    public async Task Bundle_GzipAcceptedButAnotherVersionAskedFor_IsAPlainProblem()
    {
        var (auditor, root, _) = await FilledAsync();

        var answer = await auditor.GetAsync($"{root}tile/entries/000", ("Accept-Encoding", "gzip"), ("If-Match", "\"another\""));

        answer.IsProblem(412, "precondition_failed");
        Assert.Null(answer.Header("Content-Encoding"));
        Assert.Null(answer.Header("ETag"));
    }

    [Fact]
    public async Task Checkpoint_IsPlainTextThatNoCacheKeeps()
    {
        var checkpoint = (await (await _office.AuditorAsync("KZ")).GetAsync("v1/ledgers/agreement/cn-kz-customs/checkpoint")).Is(200);
        Assert.Equal("text/plain; charset=utf-8", checkpoint.Header("Content-Type"));
        Assert.Equal("no-cache", checkpoint.Header("Cache-Control"));
    }

    [Fact]
    public async Task Tile_OfALedgerOfOthers_IsHiddenLikeOneThatIsNot()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var outsider = await _office.AuditorAsync("SG");
        foreach (var path in (string[])["tile/0/000.p/1", "tile/entries/000.p/1", "tile/1/000", "tile/0/x999/999"])
        {
            var hidden = (await outsider.GetAsync($"v1/ledgers/{exchange.Ledger}/{path}")).IsProblem(404, "unknown_ledger");
            var absent = (await outsider.GetAsync($"v1/ledgers/agreement/no-such/{path}")).IsProblem(404, "unknown_ledger");
            Assert.Equal(absent.Value("detail")!.Replace("agreement/no-such", exchange.Ledger, StringComparison.Ordinal), hidden.Value("detail"));
            (await (await exchange.ImporterAsync()).GetAsync($"v1/ledgers/{exchange.Ledger}/{path}")).IsProblem(403, "role_missing");
        }
    }

    [Fact]
    public async Task Document_ThatAnEntryNames_IsReadByAuditorsAndAdministrators()
    {
        var auditor = await _office.AuditorAsync("KZ");
        var root = "v1/ledgers/agreement/cn-kz-customs/";
        var width = (int)Math.Min(TileMath.Width, (await Ledgers.SizesAsync(_office, "KZ"))["agreement/cn-kz-customs"]);
        Assert.True(EntryBundle.TryRead(await OctetsAsync(auditor, root + TilePath.OfEntries(0, width)), out var entries));
        var digest = entries.Select(e => System.Text.RegularExpressions.Regex.Match(System.Text.Encoding.UTF8.GetString(e.Span), "\"digest\":\"([0-9a-f]{64})\"")).First(m => m.Success).Groups[1].Value;

        var document = (await auditor.GetAsync($"v1/documents/{digest}")).Is(200);

        Assert.Equal(digest, Hash256.OfSha256(document.Body).ToString());
        Assert.Equal("max-age=31536000, private, immutable", document.Header("Cache-Control"));
        Assert.Equal($"\"{digest}\"", document.Header("ETag"));
        (await auditor.GetAsync($"v1/documents/{digest}", ("If-None-Match", $"\"{digest}\""))).Is(304);
        (await (await _office.AdminAsync("CN")).GetAsync($"v1/documents/{digest}")).Is(200);
        (await (await _office.AgencyAsync("KZ/customs")).GetAsync($"v1/documents/{digest}")).IsProblem(403, "role_missing");
        foreach (var other in (string[])[new string('0', 64), digest.ToUpperInvariant(), digest[1..], "x"])
        {
            (await auditor.GetAsync($"v1/documents/{other}")).IsProblem(404, "unknown_document");
        }
    }

    private static Hash256 Root(IReadOnlyList<byte[]> leaves)
    {
        var row = leaves.Select(l => Hash256.FromBytes(l)).ToArray();
        while (row.Length > 1)
        {
            row = [.. row.Chunk(2).Select(pair => MerkleHash.Node(pair[0], pair[1]))];
        }

        return row[0];
    }

    private static async Task<byte[]> OctetsAsync(Officer auditor, string path) => (await auditor.GetAsync(path)).Is(200).Body;

    /// <summary>A ledger with one full tile and a partial one.</summary>
    private async Task<(Officer Auditor, string Root, long Size)> FilledAsync()
    {
        var exchange = await Exchange.CreateAsync(_office);
        await exchange.AskManyAsync(Requests);
        return (await _office.AuditorAsync("KZ"), $"v1/ledgers/{exchange.Ledger}/", await exchange.LedgerSizeAsync());
    }
}
