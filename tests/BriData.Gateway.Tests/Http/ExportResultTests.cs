using System.Text;
using BriData.Contracts;
using BriData.Contracts.Audit;
using BriData.Gateway.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BriData.Gateway.Tests.Http;

public sealed class ExportResultTests
{
    private static readonly ExportPiece Refused = new(default, new Refusal(ErrorCodes.LedgerFull, "The storage is full."));

    private readonly DefaultHttpContext _context = new();
    private readonly MemoryStream _body = new();
    private readonly Lifetime _lifetime = new();

    public ExportResultTests()
    {
        _context.Response.Body = _body;
        _context.Features.Set<IHttpRequestLifetimeFeature>(_lifetime);
    }

    [Fact]
    public async Task Execute_RefusedBeforeTheFirstByte_AnswersTheRefusal()
    {
        await new ExportResult(Pieces(Refused), "text/csv", "entries.csv").ExecuteAsync(_context);

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, _context.Response.StatusCode);
        Assert.Equal("application/problem+json", _context.Response.ContentType);
        Assert.Contains("\"code\":\"ledger_full\"", Encoding.UTF8.GetString(_body.ToArray()), StringComparison.Ordinal);
        Assert.Equal(0, _context.Response.Headers.ContentDisposition.Count);
        Assert.False(_lifetime.Aborted);
    }

    [Fact]
    public async Task Execute_RefusedOnTheWay_CutsTheConnection()
    {
        _context.Features.Set<IHttpResponseFeature>(new Started());

        await new ExportResult(Pieces(new ExportPiece("rows"u8.ToArray()), Refused), "text/csv", "entries.csv").ExecuteAsync(_context);

        Assert.Equal("rows", Encoding.UTF8.GetString(_body.ToArray()));
        Assert.True(_lifetime.Aborted);
    }

    private static async IAsyncEnumerable<ExportPiece> Pieces(params ExportPiece[] pieces)
    {
        foreach (var piece in pieces)
        {
            yield return piece;
        }

        await Task.CompletedTask;
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool Aborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => Aborted = true;
    }

    private sealed class Started : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }
}
