using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using BriData.Benchmarks.Hosting;

namespace BriData.Benchmarks.Load;

/// <summary>The bytes of one client's requests; key and agreement are written in place, so that a request allocates nothing.</summary>
internal sealed class RequestTemplate
{
    private const int KeyDigits = 32;
    private const int CounterDigits = 16;
    private static readonly string KeySlot = new('k', KeyDigits);

    private readonly byte[] _bytes;
    private readonly int _key;
    private readonly int _agreement;

    public RequestTemplate(Target target, string host, string token, int client, int agreementLength)
    {
        var path = target == Target.Echo ? EchoEndpoint.Path : "/v1/transfers";
        var slot = new string('a', agreementLength);
        var body = BenchmarkWorld.Request(slot).ToJsonString();
        var head = $"POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {KeySlot}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n";
        _bytes = Encoding.UTF8.GetBytes(head + body);
        _key = _bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(KeySlot));
        _agreement = _bytes.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(slot));
        Utf8(client, _key);
    }

    public int Length => _bytes.Length;

    /// <summary>The request with this counter in its key, under this agreement. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> With(long counter, ReadOnlySpan<byte> agreement)
    {
        Utf8(counter, _key + CounterDigits);
        agreement.CopyTo(_bytes.AsSpan(_agreement));
        return _bytes;
    }

    private void Utf8(long number, int offset)
    {
        var formatted = Utf8Formatter.TryFormat(number, _bytes.AsSpan(offset, CounterDigits), out var written, new('x', CounterDigits));
        Debug.Assert(formatted && written == CounterDigits);
    }
}
