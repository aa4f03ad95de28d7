using BriData.Contracts;
using BriData.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace BriData.Gateway.Tests.Http;

public sealed class RequestBodyTests
{
    private const int Limit = 10_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Limit)]
    public async Task Read_UpToTheLimit_GivesTheWhole(int size)
    {
        var bytes = Bytes(size);
        var (body, refusal) = await RequestBody.ReadAsync(Request(bytes, announced: false), Limit, CancellationToken.None);
        Assert.Null(refusal);
        Assert.Equal(bytes, body);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_AByteMore_IsRefused(bool announced)
    {
        var (body, refusal) = await RequestBody.ReadAsync(Request(Bytes(Limit + 1), announced), Limit, CancellationToken.None);
        Assert.Null(body);
        Assert.Equal(ErrorCodes.BodyTooLarge, refusal!.Code);
    }

    [Fact]
    public async Task Read_TooLongAsAnnounced_DoesNotTouchTheBody()
    {
        var stream = new Untouchable();
        var context = new DefaultHttpContext();
        context.Request.Body = stream;
        context.Request.ContentLength = Limit + 1;

        var (_, refusal) = await RequestBody.ReadAsync(context.Request, Limit, CancellationToken.None);

        Assert.Equal(ErrorCodes.BodyTooLarge, refusal!.Code);
        Assert.False(stream.Touched);
    }

    [Fact]
    public void Fingerprint_SameRequest_IsTheSame() => Assert.Equal(Fingerprint("POST", "/v1/transfers", "{}"), Fingerprint("POST", "/v1/transfers", "{}"));

    [Theory]
    [InlineData("PUT", "/v1/transfers", "{}")]
    [InlineData("POST", "/v1/transfers/", "{}")]
    [InlineData("POST", "/v1/agreements", "{}")]
    [InlineData("POST", "/v1/transfers", "{ }")]
    [InlineData("POST", "/v1/transfers", "")]
    public void Fingerprint_AnyDifference_IsAnother(string method, string path, string body) =>
        Assert.NotEqual(Fingerprint("POST", "/v1/transfers", "{}"), Fingerprint(method, path, body));

    [Fact]
    public void Fingerprint_Form_IsLowerHexOfSha256() => Assert.Matches("^[0-9a-f]{64}$", Fingerprint("POST", "/", "x"));

    private static string Fingerprint(string method, string path, string body)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = (method, path);
        return RequestBody.Fingerprint(context.Request, System.Text.Encoding.UTF8.GetBytes(body));
    }

    private static byte[] Bytes(int size) => [.. Enumerable.Range(0, size).Select(n => (byte)n)];

    private static HttpRequest Request(byte[] bytes, bool announced)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(bytes);
        context.Request.ContentLength = announced ? bytes.Length : null;
        return context.Request;
    }

    private sealed class Untouchable : MemoryStream
    {
        public bool Touched { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Touched = true;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
