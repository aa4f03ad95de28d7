using BriData.Contracts;
using BriData.Contracts.Ledgers;
using BriData.Gateway.Http;
using BriData.Ledger;
using BriData.Ledger.Mirroring;

namespace BriData.Gateway.Endpoints;

/// <summary>Tiles and entry bundles of a ledger (C2SP tlog-tiles), and the documents that entries name.</summary>
internal static class TileEndpoints
{
    public static void MapTiles(this RouteGroupBuilder ledgers)
    {
        ledgers.MapGet("/{kind}/{id}/tile/{level}/{**tile}", TileAsync)
            .WithName("getTile").WithSummary("Hashes of the Merkle tree (C2SP tlog-tiles): level, then the index in groups of three digits, as x001/x234/067, and .p/ with a width for a partial tile.")
            .Produces<Stream>(StatusCodes.Status200OK, Immutable.MediaType).Produces(StatusCodes.Status304NotModified)
            .WithMetadata(Immutable.Condition)
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, Refusals);
        ledgers.MapGet("/{kind}/{id}/tile/entries/{**tile}", EntriesAsync)
            .WithName("getEntries").WithSummary("Entries as they were hashed (C2SP tlog-tiles): each behind its length as a big-endian uint16, 256 to a full bundle. Compressed with gzip when the request accepts it.")
            .Produces<Stream>(StatusCodes.Status200OK, Immutable.MediaType).Produces(StatusCodes.Status304NotModified)
            .WithMetadata(Immutable.Condition)
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, Refusals);
    }

    public static void MapDocuments(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/documents").WithTags("Ledgers").MapGet("/{sha256}", DocumentAsync)
            .WithName("getDocument").WithSummary("A rule pack or classification scheme by the SHA-256 that entries name it by; an auditor or administrator.")
            .Produces<Stream>(StatusCodes.Status200OK, Immutable.MediaType).Produces(StatusCodes.Status304NotModified)
            .WithMetadata(Immutable.Condition)
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform, [ErrorCodes.RoleMissing, ErrorCodes.UnknownDocument, ErrorCodes.PreconditionFailed]);

    private static readonly string[] Refusals = [ErrorCodes.RoleMissing, ErrorCodes.UnknownLedger, ErrorCodes.UnknownTile, ErrorCodes.PreconditionFailed];

    private static async Task<IResult> TileAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, string kind, string id, string level, string? tile)
    {
        if (!TilePath.TryParse($"tile/{level}/{tile}", out var path) || path.Level is not { } at)
        {
            return NoTile();
        }

        var read = await grains.GetGrain<ILedgerGrain>(0).ReadTileAsync(caller.Caller, $"{kind}/{id}", at, path.Index);
        if (!read.IsOk)
        {
            return new ProblemResult(read.Refusal);
        }

        var bytes = path.Width * Hash256.ByteCount;
        return read.Value.Hashes.Length < bytes ? NoTile() : Immutable.Bytes(context, read.Value.Hashes[..bytes], path.IsFull);
    }

    private static async Task<IResult> EntriesAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, string kind, string id, string? tile)
    {
        if (!TilePath.TryParse($"tile/entries/{tile}", out var path))
        {
            return NoTile();
        }

        // The leaf hashes say whether the bundle is there, and stand for its content in the ETag.
        var ledger = grains.GetGrain<ILedgerGrain>(0);
        var leaves = await ledger.ReadTileAsync(caller.Caller, $"{kind}/{id}", 0, path.Index);
        if (!leaves.IsOk)
        {
            return new ProblemResult(leaves.Refusal);
        }

        var bytes = path.Width * Hash256.ByteCount;
        if (leaves.Value.Hashes.Length < bytes)
        {
            return NoTile();
        }

        var bundle = new EntryBundleReader(ledger, caller.Caller, $"{kind}/{id}", path);
        var refusal = await bundle.StartAsync();
        return refusal is null
            ? Immutable.Stream(context, bundle.CopyToAsync, Hash256.OfSha256(leaves.Value.Hashes.Span[..bytes]), path.IsFull)
            : new ProblemResult(refusal);
    }

    private static async Task<IResult> DocumentAsync(IGrainFactory grains, HttpContext context, RequestCaller caller, string sha256)
    {
        var document = await grains.GetGrain<ILedgerGrain>(0).ReadDocumentAsync(caller.Caller, sha256);
        return document.IsOk ? Immutable.Bytes(context, document.Value.Content, final: true) : new ProblemResult(document.Refusal);
    }

    private static ProblemResult NoTile() => new(new Refusal(ErrorCodes.UnknownTile, "There is no tile or bundle of this path and width."));
}
